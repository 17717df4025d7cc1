import type { ExportSummary } from './export-job.ts';
import type { FinishedFile } from './finished-export.ts';
import type { PieceSpeaker } from './speak-piece.ts';

/** `counted`: of all pieces together, those of earlier runs included. */
export function summarize(
  { job, meter, hosts }: PieceSpeaker,
  files: FinishedFile[],
  counted: Pick<ExportSummary, 'segments' | 'words' | 'skipped'>,
): ExportSummary {
  return {
    durationMs: Math.round(files.reduce((total, { durationMs }) => total + durationMs, 0)),
    bytes: files.reduce((total, { bytes }) => total + bytes, 0),
    files,
    characters: job.text.length,
    ...counted,
    elapsedMs: Math.round(meter.elapsedMs),
    hosts: [...hosts].map(([pid, requests]) => ({ pid, requests })),
  };
}
