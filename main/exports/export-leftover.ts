import type { BatchItem } from './export-batch.ts';
import type { ExportSummary } from './export-job.ts';
import { exportTextOfBatch } from './export-text-of-batch.ts';
import { targetExists } from './free-targets.ts';
import type { Leftover } from './leftover.ts';
import { type HowToResume, type ResumeTools, resumeExport, voiceOf } from './resume-export.ts';
import { type FoundBatch, itemsNotMade } from './saved-batch.ts';

/**
 * Makes what an earlier run has left, as that was told to. Rejects as `resumeExport` and `exportTextOfBatch` do, and with
 * `refused` (`target-exists`) where somebody has made it since.
 */
export async function exportLeftover(
  tools: ResumeTools,
  { origin }: Leftover,
  how: HowToResume,
): Promise<ExportSummary> {
  if (origin.kind === 'export') return resumeExport(tools, origin.unfinished, how);
  const { item, batch } = origin;
  await requireNotMade(item, batch);
  const { voiceId, ...manner } = batch.batch;
  const jobs = tools.audio.jobs;
  return exportTextOfBatch(tools, item, { ...manner, jobs }, () => voiceOf(tools.engines, voiceId, item.out), how);
}

/** The command may have been run again, or have gone on. */
async function requireNotMade(item: BatchItem, { batch, begunMs }: FoundBatch): Promise<void> {
  const left = await itemsNotMade({ batch: { ...batch, items: [item] }, begunMs });
  if (left.length === 0) throw targetExists(item.out, MADE_SINCE);
}

const MADE_SINCE = 'It was made since: remove it from the queue. Or delete the file, and retry.';
