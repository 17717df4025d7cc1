import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AudioFormat } from '../../protocol/model/audio-format.ts';
import { AVERAGE_MS_PER_CHAR } from './average-pace.ts';

/** The samples of the most common voices. */
const PCM_BYTES_PER_MS = 44;
/** Pieces that are under way lie beside the file as samples: so many of some two minutes. */
const PIECES_BYTES = 8 * 120_000 * PCM_BYTES_PER_MS;

/** About how many bytes the rest of an export will take, `chars` of it at `rate`, until it is done. */
export function bytesNeeded(chars: number, rate: number, format: AudioFormat): number {
  const audioMs = (chars * AVERAGE_MS_PER_CHAR) / rate;
  const samplesBytes = audioMs * PCM_BYTES_PER_MS;
  return Math.ceil(Math.min(samplesBytes, PIECES_BYTES) + audioMs * bytesPerMs(format));
}

/** Of one channel; of WAV at the rate of most voices. */
export function bytesPerMs(format: AudioFormat): number {
  if (format.kind === 'wav') return PCM_BYTES_PER_MS;
  if (format.kind === 'mp3') return (format.bitrateKbps ?? 80) / 8;
  return 5.5 + Math.max(0, format.quality - 3); // measured: 44 kbit/s at quality 3
}

/** Bytes that may still be written where `path` will be; null where the system does not tell. */
export async function bytesFree(path: string): Promise<number | null> {
  const found = await statfs(dirname(path)).catch(() => null);
  return found && found.bavail * found.bsize;
}
