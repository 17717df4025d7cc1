import type { ExportSummary } from './export-job.ts';
import { exportTextOfBatch } from './export-text-of-batch.ts';
import type { Leftover } from './leftover.ts';
import { type HowToResume, type ResumeTools, resumeExport, voiceOf } from './resume-export.ts';

/**
 * Makes what an earlier run has left, as that was told to. Rejects as `resumeExport` and `exportTextOfBatch` do; a text of
 * a batch replaces only what was there before the batch.
 */
export async function exportLeftover(
  tools: ResumeTools,
  { origin }: Leftover,
  how: HowToResume,
): Promise<ExportSummary> {
  if (origin.kind === 'export') return resumeExport(tools, origin.unfinished, how);
  const { item, batch } = origin;
  const { voiceId, ...asked } = batch.batch;
  const manner = { ...asked, jobs: tools.audio.jobs, mayReplace: { olderThanMs: batch.begunMs } };
  return exportTextOfBatch(tools, item, manner, () => voiceOf(tools.engines, voiceId, item.out), how);
}
