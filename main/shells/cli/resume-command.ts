import { cancelled } from '../../../protocol/contract/call.ts';
import type { WeighedItem } from '../../exports/batch-meter.ts';
import { exportBatch } from '../../exports/export-batch.ts';
import type { ExportSummary } from '../../exports/export-job.ts';
import { resumeExport } from '../../exports/resume-export.ts';
import type { UnfinishedExport } from '../../exports/unfinished-exports.ts';
import { createBatchReport } from './batch-report.ts';
import type { Console } from './console.ts';
import type { ResumeRequest } from './export-request.ts';
import type { ExportTools } from './export-tools.ts';
import { PartlyFailed } from './outcome.ts';

/**
 * Goes on with every export that was begun and that nobody works at, one after the other. One whose text was changed
 * meanwhile, or whose voice is gone, is told on stderr and stays as it is.
 */
export async function resumeCommand(tools: ExportTools, { jobs, json }: ResumeRequest, io: Console): Promise<void> {
  const unfinished = await tools.unfinished.list();
  if (unfinished.length === 0 && !json) io.stdout.write('There is no unfinished export.\n');
  if (unfinished.length > 0) tools.engines.warm(jobs);
  const byOut = new Map(unfinished.map((one) => [one.job.path, one]));
  const items = unfinished.map(({ job }) => ({ input: job.inputPath ?? '', out: job.path }));
  const report = createBatchReport(unfinished.map(weighed), json, io);
  const make = ({ out }: { out: string }): Promise<ExportSummary> => {
    const one = byOut.get(out);
    if (!one || io.interrupted.aborted) throw cancelled('the export');
    report.begin(out);
    return resumeExport(tools, one, {
      keepsWhenCancelled: () => true,
      signal: io.interrupted,
      onProgress: (progress) => report.progress(out, progress),
      onNotice: (notice) => report.notice(out, notice),
    });
  };
  const outcomes = await exportBatch(items, 1, make, report.outcome).finally(report.end);
  if (json) io.stdout.write(`${JSON.stringify({ items: outcomes })}\n`);
  if (io.interrupted.aborted) throw cancelled('the export');
  const failed = outcomes.filter(({ kind }) => kind === 'failed').length;
  if (failed > 0) throw new PartlyFailed(failed, outcomes.length);
}

function weighed({ job, text, percent }: UnfinishedExport): WeighedItem {
  return { input: job.inputPath ?? '', out: job.path, weight: text.length, doneBefore: percent / 100 };
}
