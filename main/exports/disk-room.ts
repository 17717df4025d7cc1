import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AudioFormat } from '../../protocol/model/audio-format.ts';
import { AVERAGE_MS_PER_CHAR } from './average-pace.ts';

/** The samples of the most common voices. */
const PCM_BYTES_PER_MS = 44;
/** Pieces that are under way lie beside the file as samples: so many of some two minutes. */
const PIECES_BYTES = 8 * 120_000 * PCM_BYTES_PER_MS;

/** From so many characters on what was made tells more of the rest than the average does. */
const TELLING_CHARS = 2_000;

/**
 * About how many bytes the rest of an export will take, `chars` of it at `rate`, until it is done. `made` is what its
 * file holds so far, and of how many characters.
 */
export function bytesNeeded(
  chars: number,
  rate: number,
  format: AudioFormat,
  made: { readonly chars: number; readonly bytes: number } = { chars: 0, bytes: 0 },
): number {
  const audioMs = (chars * AVERAGE_MS_PER_CHAR) / rate;
  const samplesBytes = audioMs * PCM_BYTES_PER_MS;
  const fileBytes = made.chars >= TELLING_CHARS ? chars * (made.bytes / made.chars) : audioMs * bytesPerMs(format);
  return Math.ceil(Math.min(samplesBytes, PIECES_BYTES) + fileBytes);
}

/** Of one channel; of WAV at the rate of most voices. */
export function bytesPerMs(format: AudioFormat): number {
  if (format.kind === 'wav') return PCM_BYTES_PER_MS;
  if (format.kind === 'mp3') return (format.bitrateKbps ?? 80) / 8;
  return 5.5 + Math.max(0, format.quality - 3); // measured: 44 kbit/s at quality 3
}

/** For so long what is free is taken to be so: short files come by the dozen a second. */
const FREE_MS = 1_000;
/** Of one folder: a batch has one. */
let lately: { readonly folder: string; readonly untilMs: number; readonly bytes: Promise<number | null> } | null = null;

/** `bytesFree` of a moment ago. */
export function bytesFreeLately(path: string, nowMs = performance.now()): Promise<number | null> {
  const folder = dirname(path);
  if (lately?.folder !== folder || nowMs >= lately.untilMs) {
    lately = { folder, untilMs: nowMs + FREE_MS, bytes: bytesFree(path) };
  }
  return lately.bytes;
}

/** Bytes that may still be written where `path` will be; null where the system does not tell. */
export async function bytesFree(path: string): Promise<number | null> {
  const found = await statfs(dirname(path)).catch(() => null);
  return found && found.bavail * found.bsize;
}
