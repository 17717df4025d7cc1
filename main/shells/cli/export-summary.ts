import { basename } from 'node:path';
import type { ExportSummary } from '../../exports/export-job.ts';

/** `3:07.5 of audio, 512 words, 8268844 bytes, 310 × real time`, with the number of files where it is not one. */
export function describeSummary({ durationMs, bytes, words, elapsedMs, files, skipped }: ExportSummary): string {
  const length = lengthOf(durationMs);
  const speed = (durationMs / Math.max(1, elapsedMs)).toFixed(0);
  const split = files.length === 1 ? '' : `, in ${files.length} files: ${nameOf(files[0])} to ${nameOf(files.at(-1))}`;
  const gaps = skipped.length === 0 ? '' : `, ${skipped.length} ${skipped.length === 1 ? 'piece' : 'pieces'} skipped`;
  return `${length} of audio, ${words} words, ${bytes} bytes, ${speed} × real time${split}${gaps}`;
}

/** `3:07.5`, `2:19:38.4` */
function lengthOf(durationMs: number): string {
  const hours = Math.floor(durationMs / 3_600_000);
  const minutes = String(Math.floor(durationMs / 60_000) % 60);
  const seconds = ((durationMs % 60_000) / 1000).toFixed(1).padStart(4, '0');
  return hours > 0 ? `${hours}:${minutes.padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

const nameOf = (file: { readonly path: string } | undefined): string => basename(file?.path ?? '');
