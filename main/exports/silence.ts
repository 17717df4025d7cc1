import { BYTES_PER_SAMPLE } from '../../protocol/model/pcm.ts';

/** What stands for a segment that was skipped: long enough to be noticed, as long as a pause between paragraphs. */
const PAUSE_MS = 1_000;

/** Bytes of silence for so many skipped segments. */
export function silenceBytes(pauses: number, sampleRateHz: number): number {
  return Math.round((pauses * PAUSE_MS * sampleRateHz) / 1000) * BYTES_PER_SAMPLE;
}
