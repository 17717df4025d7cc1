import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cancelled } from '../../../protocol/contract/call.ts';
import { toWireError } from '../../../protocol/errors.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import type { BatchFolder } from '../../exports/batch-folder.ts';
import type { WeighedItem } from '../../exports/batch-meter.ts';
import type { BatchItem, BatchOutcome } from '../../exports/export-batch.ts';
import { fileError } from '../../exports/file-error.ts';
import { outputNames } from '../../exports/output-names.ts';
import type { SavedBatch } from '../../exports/saved-batch.ts';
import { isWorkFolder, WORK_SUFFIX } from '../../exports/work-folder.ts';
import { loadSegmenter } from '../../speech/sentences.ts';
import { createBatchReport } from './batch-report.ts';
import type { Console } from './console.ts';
import type { ExportRequest } from './export-request.ts';
import type { ExportTools } from './export-tools.ts';
import { exportVoice } from './export-voice.ts';
import { makeBatch, weighed } from './make-batch.ts';
import { PartlyFailed } from './outcome.ts';
import { tellOutcome } from './tell-outcome.ts';

type Request = Extract<ExportRequest, { kind: 'export-many' }>;

/**
 * Speaks each text into an audio file of its own in one folder. One that cannot be exported is told on stderr and keeps no
 * other from being made; when all is done, `PartlyFailed` is thrown if there was one. Killed or interrupted it can be gone
 * on with.
 */
export async function exportManyCommand(tools: ExportTools, request: Request, io: Console): Promise<void> {
  const outDir = resolve(request.outDir);
  await mkdir(outDir, { recursive: true }).catch((cause: unknown) => {
    throw fileError(outDir, cause);
  });
  const folder = await tools.batches.open(outDir);
  let outcomes: BatchOutcome[] = [];
  try {
    outcomes = await makeAll(tools, request, outDir, folder, io);
  } finally {
    const isKept = await folder?.leave(await hasRest(outcomes));
    if (isKept) io.stderr.write('aside: the rest is kept: aside export --resume makes it\n');
  }
  if (!io.interrupted.aborted) await tools.batches.endThoseOf(outcomes.map(({ out }) => out));
  tellAll(outcomes, request, outDir, io);
}

async function makeAll(
  tools: ExportTools,
  request: Request,
  outDir: string,
  folder: BatchFolder | null,
  io: Console,
): Promise<BatchOutcome[]> {
  const inputs = request.inputs.map((input) => resolve(input));
  const names = outputNames(inputs, outDir, `.${request.format.kind}`, subtitlesOf(request));
  const items = names.flatMap((name) => ('path' in name ? [{ input: name.input, out: name.path }] : []));
  const refused: BatchOutcome[] = names.flatMap((name) =>
    'error' in name ? [{ input: name.input, out: '', kind: 'failed', error: toWireError(name.error) }] : [],
  );
  const isShown = io.stderr.isTTY === true && !request.json;
  const weighing = isShown ? Promise.all(items.map(weighed)) : items.map(unweighed);
  loadSegmenter(tools.systemLanguage); // this and the weighing while hosts start
  const voice = await exportVoice(tools.engines, request.voice, tools.systemLanguage, io);
  for (const outcome of refused) tellOutcome(outcome, request.json, io);
  folder?.remember(savedBatch(request, voice, items));
  const report = createBatchReport(await weighing, request.json, io);
  const made = await makeBatch(tools, { items, manner: request, voiceOf: () => voice, folder }, report, io).finally(
    report.end,
  );
  return [...refused, ...made];
}

function savedBatch(request: Request, { id: voiceId }: Voice, items: BatchItem[]): SavedBatch {
  const { prosody, format, split, title, author, subtitles, cueLimits, onError } = request;
  return {
    ...{ voiceId, prosody, format, split, cueLimits, onError, items },
    ...(title !== undefined && { title }),
    ...(author !== undefined && { author }),
    ...(subtitles !== undefined && { subtitles }),
  };
}

/** Of a batch that was interrupted when something was done. */
async function hasRest(outcomes: readonly BatchOutcome[]): Promise<boolean> {
  const cut = outcomes.filter(({ kind }) => kind === 'cancelled');
  if (cut.length === 0 || outcomes.some(({ kind }) => kind === 'made')) return cut.length > 0;
  return (await Promise.all(cut.map(({ out }) => isWorkFolder(`${out}${WORK_SUFFIX}`)))).includes(true);
}

function tellAll(outcomes: readonly BatchOutcome[], request: Request, outDir: string, io: Console): void {
  const made = outcomes.filter(({ kind }) => kind === 'made').length;
  const failed = outcomes.filter(({ kind }) => kind === 'failed').length;
  if (request.json) io.stdout.write(`${JSON.stringify({ outDir, made, failed, items: outcomes })}\n`);
  else io.stdout.write(`${made} of ${outcomes.length} made in ${outDir}\n`);
  if (io.interrupted.aborted) throw cancelled('the export');
  if (failed > 0) throw new PartlyFailed(failed, outcomes.length);
}

/** Where nobody is shown how far it all is. */
const unweighed = (item: BatchItem): WeighedItem => ({ ...item, weight: 1, doneBefore: 0 });

const subtitlesOf = ({ subtitles }: Request): string[] => (subtitles === undefined ? [] : [`.${subtitles}`]);
