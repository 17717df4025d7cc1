import { join } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import type { ExportSummary } from './export-job.ts';
import { exportTextOfBatch } from './export-text-of-batch.ts';
import { isThere } from './free-targets.ts';
import type { Leftover, TextOfBatch } from './leftover.ts';
import { type HowToResume, type ResumeTools, resumeExport, voiceOf } from './resume-export.ts';
import { BATCH, isWorkFolder, WORK_SUFFIX } from './work-folder.ts';

/**
 * Makes what an earlier run has left, as that was told to. Rejects as `resumeExport` and `exportTextOfBatch` do; a text of
 * a batch replaces only what was there before the batch, and is refused (`given-up`) once the batch is gone.
 */
export async function exportLeftover(
  tools: ResumeTools,
  { origin }: Leftover,
  how: HowToResume,
): Promise<ExportSummary> {
  if (origin.kind === 'export') return resumeExport(tools, origin.unfinished, how);
  const { item, batch } = origin;
  await requireWanted(origin);
  const { voiceId, ...asked } = batch.batch;
  const manner = { ...asked, jobs: tools.audio.jobs, mayReplace: { olderThanMs: batch.begunMs } };
  return exportTextOfBatch(tools, item, manner, () => voiceOf(tools.engines, voiceId, item.out), how);
}

/** A command may have made the rest since, or removed it. */
async function requireWanted({ item, batch }: TextOfBatch): Promise<void> {
  if ((await isThere(join(batch.folder, BATCH))) || (await isWorkFolder(`${item.out}${WORK_SUFFIX}`))) return;
  throw new AsideError('refused', `The batch that ${item.out} was asked for in is gone: it was made or given up`, {
    details: { reason: 'given-up' },
    remedy: `Remove it from the queue; or, if you still want it, add ${item.input} to it.`,
  });
}
