import { z } from '../schema.ts';

/** Samples are signed 16-bit little-endian, one channel. */
export const BYTES_PER_SAMPLE = 2;

export const SampleRateHz = z.int().check(z.minimum(4_000), z.maximum(192_000));

/** The largest piece of audio in one message. */
export const MAX_PCM_BYTES = 4 * 1024 * 1024;

export const Pcm = z.instanceof(Uint8Array).check(
  z.refine((pcm) => pcm.byteLength <= MAX_PCM_BYTES && pcm.byteLength % BYTES_PER_SAMPLE === 0, {
    error: `whole 16-bit samples, at most ${MAX_PCM_BYTES} bytes`,
  }),
);

/** How long `bytes` of audio last. */
export function pcmDurationMs(bytes: number, sampleRateHz: number): number {
  return (bytes / BYTES_PER_SAMPLE / sampleRateHz) * 1000;
}
