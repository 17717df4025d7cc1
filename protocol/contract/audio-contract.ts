import { AudioFormat, AudioTags } from '../model/audio-format.ts';
import { Path } from '../model/path.ts';
import { SampleRateHz } from '../model/pcm.ts';
import { z } from '../schema.ts';
import { defineContract } from './define-contract.ts';
import { hostControlEvents, hostControlRequests } from './host-control.ts';

const Bytes = z.int().check(z.minimum(0));
const Crc32 = z.int().check(z.minimum(0), z.maximum(0xffff_ffff));

/** How far a file in the making has come: all that is needed to go on with it, in another process and on another day. */
export const AudioFileState = z.strictObject({
  /** Length so far, the room for its head included. */
  bytes: Bytes,
  /** Samples that a decoder gets from it so far. */
  samples: z.int().check(z.minimum(0)),
  /** Ogg: pages so far. 0 for others. */
  pages: z.int().check(z.minimum(0)),
  /** Ogg: block size of the last packet, on which the length of the next depends. 0 for others and at the start. */
  lastBlock: z.int().check(z.minimum(0)),
});
export type AudioFileState = z.infer<typeof AudioFileState>;

/** A file's end when a piece was joined to it, from which a seek table is made. */
const SeekPoint = z.strictObject({ samples: z.int().check(z.minimum(0)), bytes: Bytes });

/** A call that works through a file tells of it, so that silence means that something is wrong. */
const working = {
  progress: z.strictObject({ bytes: Bytes }),
  timeoutMs: null,
  progressTimeoutMs: 30_000,
} as const;

/**
 * What the hosts do that make files of samples. A file is made of pieces, each some minutes long and encoded on its own,
 * so that many hosts can work on one file and its bytes do not depend on how many. Every call made again with the same
 * parameters leaves the same files. All reject with `file`.
 */
export const audioContract = defineContract({
  name: 'audio',
  version: 1,
  requests: {
    ...hostControlRequests,
    /**
     * Makes the empty file `path`, or empties it, with the room that its head will take: so `tags` are those of
     * `file.finish`, but for the times in them.
     */
    'file.begin': {
      params: z.strictObject({
        path: Path,
        format: AudioFormat,
        sampleRateHz: SampleRateHz,
        tags: AudioTags,
        /** Whether a WAV file gets room for sizes above 4 GB. Ignored by the other formats. */
        mayBeHuge: z.boolean(),
      }),
      result: AudioFileState,
      timeoutMs: 30_000,
      progressTimeoutMs: null,
    },
    /** Encodes the samples in `pcmPath` into a new file `path`. Not for WAV, whose pieces are the samples. */
    'piece.encode': {
      params: z.strictObject({ pcmPath: Path, path: Path, format: AudioFormat, sampleRateHz: SampleRateHz }),
      result: z.strictObject({ bytes: Bytes, samples: z.int().check(z.minimum(0)) }),
      ...working,
    },
    /**
     * Joins the piece in `piecePath` to the file, which is cut to `state.bytes` first. `addedCrc32` is of the bytes that
     * were added. The piece's own first sample is heard at `startSamples`: in Ogg some milliseconds after the end of what
     * was there, because the blocks of a stream overlap.
     */
    'piece.append': {
      params: z.strictObject({
        path: Path,
        format: AudioFormat,
        sampleRateHz: SampleRateHz,
        piecePath: Path,
        state: AudioFileState,
      }),
      result: z.strictObject({ state: AudioFileState, startSamples: z.int().check(z.minimum(0)), addedCrc32: Crc32 }),
      ...working,
    },
    /** How many of the pieces that were added to `path`, one after the other from `startBytes` on, are still there whole. */
    'file.verify': {
      params: z.strictObject({
        path: Path,
        startBytes: Bytes,
        pieces: z.array(z.strictObject({ bytes: Bytes, crc32: Crc32 })).check(z.maxLength(100_000)),
      }),
      result: z.strictObject({ intact: z.int().check(z.minimum(0)) }),
      ...working,
    },
    /** Cuts the file to `state.bytes`, fills in its head, ends it and brings it to disk. Returns its length. */
    'file.finish': {
      params: z.strictObject({
        path: Path,
        format: AudioFormat,
        sampleRateHz: SampleRateHz,
        tags: AudioTags,
        state: AudioFileState,
        /** The same as at the beginning. */
        mayBeHuge: z.boolean(),
        /** MP3: where one may seek to. */
        seekPoints: z.array(SeekPoint).check(z.maxLength(100_000)),
      }),
      result: z.strictObject({ bytes: Bytes }),
      ...working,
    },
  },
  events: hostControlEvents,
});
export type AudioContract = typeof audioContract;
