import { WireError } from '../errors.ts';
import { z } from '../schema.ts';
import { Boundaries } from './boundary.ts';
import { Pcm, SampleRateHz } from './pcm.ts';
import { Prosody } from './prosody.ts';
import { CharCount, MAX_TEXT_CHARS, TextRange } from './text-range.ts';
import { VoiceId } from './voice.ts';

/**
 * A play is one reading of one text, from the press of Play until the page cancels the request. The page owns the
 * clock: it plays the audio, so it knows what has been heard. Whenever something changes (a skip, another voice, another
 * rate) the page steers: it says where to go on and with which settings, under a new *generation* number, and drops what
 * it had buffered of the old one. Items of older generations that are still on their way are ignored.
 *
 * Credit of the request is bytes of audio in the current generation; each generation starts with `creditBytes`.
 */
const Manner = {
  generation: z.int().check(z.minimum(0)),
  creditBytes: z.int().check(z.minimum(0)),
  /** null: the best voice for the system's language. */
  voiceId: z.nullable(VoiceId),
  prosody: Prosody,
};

export const PlayParams = z.strictObject({
  ...Manner,
  /** Chosen by the page; names the play in `speech.steer`. */
  playId: z.string().check(z.minLength(1), z.maxLength(64)),
  text: z.string().check(z.maxLength(MAX_TEXT_CHARS)),
  /** Reads `text.slice(startIndex, endIndex)`; positions in items are still those of `text`. */
  startIndex: CharCount,
  endIndex: CharCount,
});
export type PlayParams = z.infer<typeof PlayParams>;

export const SteerParams = z.strictObject({
  ...Manner,
  playId: z.string().check(z.minLength(1), z.maxLength(64)),
  /** Where to go on: at a position, at the sentence before or after the one at a position. */
  from: z.strictObject({ charIndex: CharCount, sentence: z.nullable(z.enum(['this', 'next', 'previous'])) }),
});
export type SteerParams = z.infer<typeof SteerParams>;

const InSegment = {
  generation: z.int().check(z.minimum(0)),
  /** Counts up from 0 in each generation. */
  segment: z.int().check(z.minimum(0)),
};

export const PlayItem = z.discriminatedUnion('kind', [
  /** A segment begins. Its sentences cover it without gaps or overlap. */
  z.strictObject({
    kind: z.literal('segment'),
    ...InSegment,
    range: TextRange,
    sentences: z.array(TextRange).check(z.minLength(1), z.maxLength(10_000)),
    voiceId: VoiceId,
  }),
  /** Boundaries with positions in the play's text; `atMs` counts from the segment's first sample. */
  z.strictObject({ kind: z.literal('boundaries'), ...InSegment, boundaries: Boundaries }),
  z.strictObject({ kind: z.literal('audio'), ...InSegment, sampleRateHz: SampleRateHz, pcm: Pcm }),
  /** All audio of the segment has been sent. */
  z.strictObject({ kind: z.literal('segment-end'), ...InSegment }),
  /** The host died; the segment is being spoken again by another, from where its audio broke off. */
  z.strictObject({ kind: z.literal('retry'), ...InSegment, error: WireError }),
  /** Nothing more comes in this generation: the text is at its end. */
  z.strictObject({ kind: z.literal('end'), generation: InSegment.generation }),
  /** Nothing more comes in this generation: what comes next cannot be spoken. */
  z.strictObject({
    kind: z.literal('failed'),
    generation: InSegment.generation,
    range: TextRange,
    error: WireError,
  }),
]);
export type PlayItem = z.infer<typeof PlayItem>;
