import { z } from '../schema.ts';

/** What both generations of MP3 know that matter here: MPEG-2 up to 24 kHz, MPEG-1 from 32 kHz on. */
export const MP3_BITRATES_KBPS = [32, 40, 48, 64, 80, 96, 112, 128, 160] as const;

const Mp3BitrateKbps = z.literal([...MP3_BITRATES_KBPS]);
/** LAME's: 0 is the best and largest, 9 the smallest. */
const Mp3Quality = z.number().check(z.minimum(0), z.maximum(9));
/** Vorbis': 10 is the best and largest, -1 the smallest. */
const OggQuality = z.number().check(z.minimum(-1), z.maximum(10));

/** What a file is made of. MP3 has a fixed bit rate, or a quality that takes the bits it needs. One channel always. */
export const AudioFormat = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('wav') }),
  z.strictObject({ kind: z.literal('mp3'), bitrateKbps: z.nullable(Mp3BitrateKbps), quality: z.nullable(Mp3Quality) }),
  z.strictObject({ kind: z.literal('ogg'), quality: OggQuality }),
]);
export type AudioFormat = z.infer<typeof AudioFormat>;

/** With the quality that speech needs: one voice takes half the bits of music. */
export function defaultFormat(kind: AudioFormat['kind']): AudioFormat {
  if (kind === 'mp3') return { kind, bitrateKbps: 64, quality: null };
  return kind === 'ogg' ? { kind, quality: 3 } : { kind };
}

/** What a player shows. Empty: not told. */
export const AudioTags = z.strictObject({
  title: z.string().check(z.maxLength(1_000)),
  author: z.string().check(z.maxLength(1_000)),
  /** `1` of `3` where a text is split into several files, `of` null where nobody knows yet; null for a file on its own. */
  track: z.nullable(
    z.strictObject({ number: z.int().check(z.minimum(1)), of: z.nullable(z.int().check(z.minimum(1))) }),
  ),
  chapters: z
    .array(z.strictObject({ title: z.string().check(z.maxLength(1_000)), startMs: z.number().check(z.minimum(0)) }))
    .check(z.maxLength(10_000)),
});
export type AudioTags = z.infer<typeof AudioTags>;
