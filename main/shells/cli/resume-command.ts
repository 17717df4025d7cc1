import { cancelled } from '../../../protocol/contract/call.ts';
import { type AsideError, isAsideError, toWireError } from '../../../protocol/errors.ts';
import type { WeighedItem } from '../../exports/batch-meter.ts';
import { type BatchOutcome, exportBatch } from '../../exports/export-batch.ts';
import type { ExportSummary } from '../../exports/export-job.ts';
import { resumeExport, voiceOf } from '../../exports/resume-export.ts';
import type { UnfinishedBatch } from '../../exports/unfinished-batches.ts';
import type { UnfinishedExport } from '../../exports/unfinished-exports.ts';
import { type BatchReport, createBatchReport } from './batch-report.ts';
import type { Console } from './console.ts';
import type { ResumeRequest } from './export-request.ts';
import type { ExportTools } from './export-tools.ts';
import { makeBatch, weighed } from './make-batch.ts';
import { PartlyFailed } from './outcome.ts';

/**
 * Goes on with every export that was begun and that nobody works at, one after the other, then with the rest of every
 * batch. One whose text was changed meanwhile, or whose voice is gone, is told on stderr and stays as it is.
 */
export async function resumeCommand(tools: ExportTools, { jobs, json }: ResumeRequest, io: Console): Promise<void> {
  const unfinished = await tools.unfinished.list();
  const batches = await tools.batches.list();
  const left = batches.flatMap((batch) => batch.left);
  const count = unfinished.length + left.length;
  if (count === 0 && !json) io.stdout.write('There is no unfinished export.\n');
  if (count > 0) tools.engines.warm(jobs); // while the texts are weighed
  const items = [...unfinished.map(weighedExport), ...(await Promise.all(left.map(weighed)))];
  const report = createBatchReport(items, json, io);
  const outcomes = await resumeExports(tools, unfinished, report, io);
  for (const batch of batches) outcomes.push(...(await resumeBatch(tools, batch, jobs, report, io)));
  report.end();
  tellAll(outcomes, json, io);
  if (io.interrupted.aborted) throw cancelled('the export');
  const failed = outcomes.filter(({ kind }) => kind === 'failed').length;
  if (failed > 0) throw new PartlyFailed(failed, outcomes.length);
}

function tellAll(outcomes: readonly BatchOutcome[], json: boolean, io: Console): void {
  const made = outcomes.filter(({ kind }) => kind === 'made').length;
  if (json) io.stdout.write(`${JSON.stringify({ items: outcomes })}\n`);
  else if (outcomes.length > 1) io.stdout.write(`${made} of ${outcomes.length} made\n`);
  if (io.interrupted.aborted) io.stderr.write('aside: the rest is kept: aside export --resume makes it\n');
}

function resumeExports(
  tools: ExportTools,
  unfinished: readonly UnfinishedExport[],
  report: BatchReport,
  io: Console,
): Promise<BatchOutcome[]> {
  const byOut = new Map(unfinished.map((one) => [one.job.path, one]));
  const items = unfinished.map(({ job }) => ({ input: job.inputPath ?? '', out: job.path }));
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
  return exportBatch(items, 1, make, report.outcome);
}

/**
 * Another run may have gone on with it meanwhile: then it is that one’s, or that one has made it. Where its folder cannot be
 * used it stays, and its texts are told as failed, so that other batches are made all the same. Never rejects.
 */
async function resumeBatch(
  tools: ExportTools,
  one: UnfinishedBatch,
  jobs: number,
  report: BatchReport,
  io: Console,
): Promise<BatchOutcome[]> {
  const goingOn = await tools.batches.goOn(one).catch((error: AsideError) => error);
  if (goingOn instanceof Error) return isAsideError(goingOn, 'refused') ? [] : allFailed(one, goingOn, report);
  const { folder, left } = goingOn;
  const { voiceId, ...manner } = one.batch;
  const mayReplace = { olderThanMs: one.begunMs };
  const toMake = {
    items: left,
    manner: { ...manner, jobs, mayReplace },
    voiceOf: (out: string) => voiceOf(tools.engines, voiceId, out),
    folder,
  };
  const outcomes = await makeBatch(tools, toMake, report, io);
  const isKept = await folder.leave(outcomes.some(isStillToMake));
  if (isKept && !io.interrupted.aborted) io.stderr.write(KEPT);
  return outcomes;
}

/** Interrupted it says so of all. */
const KEPT =
  'aside: what was not made is kept: aside export --resume tries it again, aside export --discard gives it up\n';

function allFailed({ left }: UnfinishedBatch, cause: AsideError, report: BatchReport): BatchOutcome[] {
  const error = toWireError(cause);
  const outcomes = left.map((item): BatchOutcome => ({ ...item, kind: 'failed', error }));
  for (const outcome of outcomes) report.outcome(outcome);
  return outcomes;
}

/** What no remedy helps is told, as it is at the end of a batch that nobody interrupts, and given up. */
function isStillToMake(outcome: BatchOutcome): boolean {
  if (outcome.kind !== 'failed') return outcome.kind === 'cancelled';
  const { code, details } = outcome.error;
  const isInTheWay = code === 'refused' && ['target-exists', 'target-busy'].includes(String(details.reason));
  return isInTheWay || code === 'voice-not-found' || code === 'file';
}

function weighedExport({ job, text, percent }: UnfinishedExport): WeighedItem {
  return { input: job.inputPath ?? '', out: job.path, weight: text.length, doneBefore: percent / 100 };
}
