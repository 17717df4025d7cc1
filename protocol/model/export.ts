import { z } from '../schema.ts';
import { Prosody } from './prosody.ts';
import { MAX_TEXT_CHARS } from './text-range.ts';
import { VoiceId } from './voice.ts';

export const ExportParams = z.strictObject({
  text: z.string().check(z.maxLength(MAX_TEXT_CHARS)),
  voiceId: z.nullable(VoiceId),
  prosody: Prosody,
  /** What the file is called, without folder and extension; the shell asks where to, or offers it as a download. */
  title: z.string().check(z.minLength(1), z.maxLength(200)),
});
export type ExportParams = z.infer<typeof ExportParams>;

export const ExportProgress = z.strictObject({
  /** Characters done and in all. */
  charsDone: z.int().check(z.minimum(0)),
  charsTotal: z.int().check(z.minimum(0)),
  /** Audio made so far. */
  audioMs: z.number().check(z.minimum(0)),
  /** Audio made per time needed; 100 means a minute of audio in 0.6 s. 0 until it is known. */
  timesRealTime: z.number().check(z.minimum(0)),
  /** null until it can be told. */
  remainingMs: z.nullable(z.number().check(z.minimum(0))),
});
export type ExportProgress = z.infer<typeof ExportProgress>;

/** That the rest of an export will probably not find room; about, in bytes. */
export const LittleRoom = z.strictObject({
  neededBytes: z.int().check(z.minimum(0)),
  /** What the others that run need on the same disk. */
  othersBytes: z.int().check(z.minimum(0)),
  freeBytes: z.int().check(z.minimum(0)),
});
export type LittleRoom = z.infer<typeof LittleRoom>;

/** How an export stands. `progress` is null until the first of it. */
export const ExportStanding = z.strictObject({
  progress: z.nullable(ExportProgress),
  littleRoom: z.nullable(LittleRoom),
});
export type ExportStanding = z.infer<typeof ExportStanding>;

/** A file that was made. */
export const ExportOutput = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(1_000)),
  /** Where it is, as the user should see it. */
  path: z.string().check(z.maxLength(32_767)),
  /** A path on the page's own origin from which to fetch it, in the web shell; null where `path` is the file itself. */
  downloadPath: z.nullable(z.string().check(z.maxLength(10_000))),
});
export type ExportOutput = z.infer<typeof ExportOutput>;

export const ExportResult = z.discriminatedUnion('kind', [
  /** The user closed the dialog; nothing was made. */
  z.strictObject({ kind: z.literal('declined') }),
  z.strictObject({
    kind: z.literal('saved'),
    /** The first audio file first. */
    outputs: z.array(ExportOutput).check(z.minLength(1), z.maxLength(20_000)),
    durationMs: z.number().check(z.minimum(0)),
    /** Of all audio files. */
    bytes: z.int().check(z.minimum(0)),
  }),
]);
export type ExportResult = z.infer<typeof ExportResult>;

/** How a long text becomes several files, none of which begins inside a sentence. */
export const ExportSplit = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('nothing') }),
  /** A file for each chapter, and one for what stands before the first. */
  z.strictObject({ by: z.literal('chapter') }),
  /** Files that last so long at most, where sentences allow. */
  z.strictObject({ by: z.literal('duration'), maxMs: z.int().check(z.minimum(60_000)) }),
  /** Files of so many bytes at most, where sentences allow. */
  z.strictObject({ by: z.literal('size'), maxBytes: z.int().check(z.minimum(1_000_000)) }),
]);
export type ExportSplit = z.infer<typeof ExportSplit>;
