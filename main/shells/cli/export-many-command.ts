import { mkdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cancelled } from '../../../protocol/contract/call.ts';
import { toWireError } from '../../../protocol/errors.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import { readDocumentFile } from '../../documents/read-document.ts';
import type { WeighedItem } from '../../exports/batch-meter.ts';
import { besideAudio } from '../../exports/beside-audio.ts';
import { exportAudio } from '../../exports/export-audio.ts';
import { type BatchItem, type BatchOutcome, exportBatch } from '../../exports/export-batch.ts';
import type { ExportSummary } from '../../exports/export-job.ts';
import { fileError } from '../../exports/file-error.ts';
import { outputNames } from '../../exports/output-names.ts';
import { loadSegmenter } from '../../speech/sentences.ts';
import { type BatchReport, createBatchReport } from './batch-report.ts';
import type { Console } from './console.ts';
import type { ExportRequest } from './export-request.ts';
import type { ExportTools } from './export-tools.ts';
import { exportVoice } from './export-voice.ts';
import { jobManner } from './job-manner.ts';
import { PartlyFailed } from './outcome.ts';
import { tellOutcome } from './tell-outcome.ts';

type Request = Extract<ExportRequest, { kind: 'export-many' }>;

/** Small texts wait for the disk more than for a voice: so many more are begun than there are hosts. */
const MORE_THAN_JOBS = 2;

/**
 * Speaks each text into an audio file of its own in one folder. One that cannot be exported is told on stderr and keeps no
 * other from being made; when all is done, `PartlyFailed` is thrown if there was one.
 */
export async function exportManyCommand(tools: ExportTools, request: Request, io: Console): Promise<void> {
  const outDir = resolve(request.outDir);
  await mkdir(outDir, { recursive: true }).catch((cause: unknown) => {
    throw fileError(outDir, cause);
  });
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
  const report = createBatchReport(await weighing, request.json, io);
  const make = maker(tools, request, voice, report, io);
  const made = await exportBatch(items, request.jobs + MORE_THAN_JOBS, make, report.outcome).finally(report.end);
  tellAll([...refused, ...made], request, outDir, io);
}

function tellAll(outcomes: readonly BatchOutcome[], request: Request, outDir: string, io: Console): void {
  const made = outcomes.filter(({ kind }) => kind === 'made').length;
  const failed = outcomes.filter(({ kind }) => kind === 'failed').length;
  if (request.json) io.stdout.write(`${JSON.stringify({ outDir, made, failed, items: outcomes })}\n`);
  else io.stdout.write(`${made} of ${outcomes.length} made in ${outDir}\n`);
  if (io.interrupted.aborted) throw cancelled('the export');
  if (failed > 0) throw new PartlyFailed(failed, outcomes.length);
}

/** By the size of its text, which is known before it is read. An empty one takes some time as well. */
async function weighed(item: BatchItem): Promise<WeighedItem> {
  const found = await stat(item.input).catch(() => null); // it is told when it is its turn
  return { ...item, weight: (found?.size ?? 0) + 100, doneBefore: 0 };
}

/** Where nobody is shown how far it all is. */
const unweighed = (item: BatchItem): WeighedItem => ({ ...item, weight: 1, doneBefore: 0 });

function maker(tools: ExportTools, request: Request, voice: Voice, report: BatchReport, io: Console) {
  const { subtitles } = request;
  return async ({ input, out }: BatchItem): Promise<ExportSummary> => {
    if (io.interrupted.aborted) throw cancelled('the export');
    report.begin(out);
    const document = await readDocumentFile(input);
    if (document.keepsMarkup) report.notice(out, { kind: 'keeps-markup' });
    return exportAudio({
      ...jobManner(tools, request, voice, document),
      inputPath: input,
      unfinished: tools.unfinished,
      path: out,
      subtitlesPath: subtitles && besideAudio(out, subtitles),
      keepsWhenCancelled: () => true,
      signal: io.interrupted,
      onProgress: (progress) => report.progress(out, progress),
      onNotice: (notice) => report.notice(out, notice),
    });
  };
}

const subtitlesOf = ({ subtitles }: Request): string[] => (subtitles === undefined ? [] : [`.${subtitles}`]);
