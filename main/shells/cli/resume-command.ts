import { basename } from 'node:path';
import { cancelled } from '../../../protocol/contract/call.ts';
import { AsideError } from '../../../protocol/errors.ts';
import { readDocumentFile } from '../../documents/read-document.ts';
import { exportAudio } from '../../exports/export-audio.ts';
import { exportBatch } from '../../exports/export-batch.ts';
import type { ExportSummary } from '../../exports/export-job.ts';
import type { UnfinishedExport } from '../../exports/unfinished-exports.ts';
import type { Console } from './console.ts';
import { describeNotice } from './export-notices.ts';
import type { ResumeRequest } from './export-request.ts';
import type { ExportTools } from './export-tools.ts';
import { PartlyFailed } from './outcome.ts';
import { tellOutcome } from './tell-outcome.ts';
import { untilInterrupted } from './until-interrupted.ts';

/**
 * Goes on with every export that was begun and that nobody works at, one after the other. One whose text was changed
 * meanwhile, or whose voice is gone, is told on stderr and stays as it is.
 */
export async function resumeCommand(tools: ExportTools, { jobs, json }: ResumeRequest, io: Console): Promise<void> {
  const unfinished = await tools.unfinished.list();
  if (unfinished.length === 0 && !json) io.stdout.write('There is no unfinished export.\n');
  const byOut = new Map(unfinished.map((one) => [one.job.path, one]));
  const items = unfinished.map(({ job }) => ({ input: job.inputPath ?? '', out: job.path }));
  const make = ({ out }: { out: string }): Promise<ExportSummary> => {
    const one = byOut.get(out);
    if (!one || io.interrupted.aborted) throw cancelled('the export');
    return resumeOne(tools, one, jobs, io);
  };
  const outcomes = await exportBatch(items, 1, make, (outcome) => tellOutcome(outcome, json, io));
  if (json) io.stdout.write(`${JSON.stringify({ items: outcomes })}\n`);
  if (io.interrupted.aborted) throw cancelled('the export');
  const failed = outcomes.filter(({ kind }) => kind === 'failed').length;
  if (failed > 0) throw new PartlyFailed(failed, outcomes.length);
}

async function resumeOne(tools: ExportTools, one: UnfinishedExport, jobs: number, io: Console): Promise<ExportSummary> {
  const { job, text } = one;
  await requireSameInput(one, io);
  const { voices } = await untilInterrupted(tools.engines.voices.list(), io.interrupted, 'listing the voices');
  const voice = voices.find(({ id }) => id === job.voiceId);
  if (!voice) throw voiceGone(one);
  const { inputPath, ...rest } = job;
  return exportAudio({
    ...rest,
    ...(inputPath !== null && { inputPath }),
    text,
    voice,
    pool: tools.engines.poolOf(voice),
    audio: tools.audio.pool,
    unfinished: tools.unfinished,
    jobs,
    keepsWhenCancelled: true,
    signal: io.interrupted,
    onNotice: (notice) => io.stderr.write(`aside: ${describeNotice(notice, basename(job.path))}\n`),
  });
}

/** A text that was changed is not mixed with what was spoken of it before. One that is gone is no matter: it was kept. */
async function requireSameInput({ job, text }: UnfinishedExport, io: Console): Promise<void> {
  if (job.inputPath === null) return;
  const reading = readDocumentFile(job.inputPath).catch(() => null);
  const now = await untilInterrupted(reading, io.interrupted, 'reading the file');
  if (now === null || now.text === text) return;
  throw new AsideError('refused', `${job.inputPath} was changed since the export of ${job.path} was begun`, {
    details: { reason: 'input-changed' },
    remedy: 'Export it anew with `aside export`, which replaces what was done; or put the old text back.',
  });
}

function voiceGone({ job }: UnfinishedExport): AsideError<'voice-not-found'> {
  return new AsideError('voice-not-found', `The voice ${job.voiceId}, which spoke ${job.path} so far, is not here`, {
    details: { voiceId: job.voiceId },
    remedy: 'Install it again, or export anew with another voice.',
  });
}
