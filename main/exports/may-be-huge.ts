import { AVERAGE_MS_PER_CHAR } from './average-pace.ts';
import type { ExportJob } from './export-job.ts';

/** At the highest rate that voices have, and four times as slow as usual. */
const SLOWEST_BYTES_PER_CHAR = 4 * AVERAGE_MS_PER_CHAR * 96;

/** Whether the audio of a job might come to more than 4 GB, so that a WAV file keeps room for sizes of 64 bits. */
export function mayBeHuge({ text, prosody }: Pick<ExportJob, 'text' | 'prosody'>): boolean {
  return (text.length * SLOWEST_BYTES_PER_CHAR) / prosody.rate > 0xffff_ffff;
}
