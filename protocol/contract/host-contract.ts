import { AudioTags } from '../model/audio-format.ts';
import { Boundaries } from '../model/boundary.ts';
import { FileBeginning } from '../model/file-beginning.ts';
import { Markup } from '../model/markup.ts';
import { Path } from '../model/path.ts';
import { Pcm, SampleRateHz } from '../model/pcm.ts';
import { Prosody } from '../model/prosody.ts';
import { MAX_UTTERANCE_CHARS } from '../model/text-range.ts';
import { UnusableVoice, Voice, VoiceId } from '../model/voice.ts';
import { z } from '../schema.ts';
import { defineContract } from './define-contract.ts';
import { hostControlEvents, hostControlRequests } from './host-control.ts';

const Utterance = {
  text: z.string().check(z.maxLength(MAX_UTTERANCE_CHARS)),
  /** Absent: nothing in the text is markup. Rejects with `refused` where the engine does not read it. */
  markup: z.optional(Markup),
  voiceId: VoiceId,
  prosody: Prosody,
  /** Visemes come by the dozen each second, so only when they are wanted. */
  wantVisemes: z.optional(z.boolean()),
};

const BoundariesItem = z.strictObject({ kind: z.literal('boundaries'), boundaries: Boundaries });

/** A host runs one call at a time; only the control requests are answered beside it. */
export const hostContract = defineContract({
  name: 'host',
  version: 1,
  requests: {
    ...hostControlRequests,
    'voices.list': {
      params: z.strictObject({}),
      result: z.strictObject({
        voices: z.array(Voice).check(z.maxLength(5_000)),
        unusable: z.optional(z.array(UnusableVoice).check(z.maxLength(1_000))),
      }),
      timeoutMs: 10_000,
      progressTimeoutMs: null,
    },
    /**
     * Synthesises a text and sends the audio, never more than the credit granted (`initialCreditBytes`, then credit
     * messages). Boundaries of a stretch of audio are sent before that audio.
     */
    'utterance.speak': {
      params: z.strictObject({ ...Utterance, initialCreditBytes: z.int().check(z.minimum(0)) }),
      progress: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('audio'), sampleRateHz: SampleRateHz, pcm: Pcm }),
        BoundariesItem,
      ]),
      result: z.strictObject({ sampleRateHz: SampleRateHz, audioBytes: z.int().check(z.minimum(0)) }),
      timeoutMs: null,
      progressTimeoutMs: 10_000,
    },
    /**
     * Synthesises a text and writes the bare samples into the file `path` from byte `offsetBytes` on, so that the same
     * call again leaves the same file. Rejects with `file`.
     */
    'utterance.render': {
      params: z.strictObject({
        ...Utterance,
        path: Path,
        offsetBytes: z.int().check(z.minimum(0)),
        wantBoundaries: z.boolean(),
        /** Makes the file, after this. Absent: it is there. Rejects with `refused` (`target-busy`) for a folder of others. */
        beginning: z.optional(FileBeginning),
        /**
         * Makes a WAV file of what it wrote: `offsetBytes` is the length of this head. There is none where nothing can be
         * heard.
         */
        wavHead: z.optional(z.strictObject({ tags: AudioTags, mayBeHuge: z.boolean() })),
      }),
      progress: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('written'), audioBytes: z.int().check(z.minimum(0)) }),
        BoundariesItem,
      ]),
      result: z.strictObject({
        sampleRateHz: SampleRateHz,
        audioBytes: z.int().check(z.minimum(0)),
        words: z.int().check(z.minimum(0)),
      }),
      timeoutMs: null,
      progressTimeoutMs: 10_000,
    },
  },
  events: hostControlEvents,
});
export type HostContract = typeof hostContract;
