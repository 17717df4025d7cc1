import type { ExportSummary } from '../../exports/export-job.ts';

/** `3:07.5 of audio, 512 words, 8268844 bytes, 310 × real time`, with the number of files where it is not one. */
export function describeSummary({ durationMs, bytes, words, elapsedMs, files, skipped }: ExportSummary): string {
  const minutes = Math.floor(durationMs / 60_000);
  const seconds = ((durationMs % 60_000) / 1000).toFixed(1).padStart(4, '0');
  const speed = (durationMs / Math.max(1, elapsedMs)).toFixed(0);
  const split = files.length === 1 ? '' : `, in ${files.length} files`;
  const gaps = skipped.length === 0 ? '' : `, ${skipped.length} ${skipped.length === 1 ? 'piece' : 'pieces'} skipped`;
  return `${minutes}:${seconds} of audio, ${words} words, ${bytes} bytes, ${speed} × real time${split}${gaps}`;
}
