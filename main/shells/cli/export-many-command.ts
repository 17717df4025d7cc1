import { mkdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { cancelled } from '../../../protocol/contract/call.ts';
import { toWireError } from '../../../protocol/errors.ts';
import { readDocumentFile } from '../../documents/read-document.ts';
import { besideAudio } from '../../exports/beside-audio.ts';
import { exportAudio } from '../../exports/export-audio.ts';
import { type BatchItem, type BatchOutcome, exportBatch } from '../../exports/export-batch.ts';
import { fileError } from '../../exports/file-error.ts';
import { outputNames } from '../../exports/output-names.ts';
import type { Console } from './console.ts';
import { describeNotice } from './export-notices.ts';
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
  const make = await maker(tools, request, io);
  const tell = (outcome: BatchOutcome): void => tellOutcome(outcome, request.json, io);
  for (const outcome of refused) tell(outcome);
  const outcomes = [...refused, ...(await exportBatch(items, request.jobs + MORE_THAN_JOBS, make, tell))];
  const made = outcomes.filter(({ kind }) => kind === 'made').length;
  const failed = outcomes.filter(({ kind }) => kind === 'failed').length;
  if (request.json) io.stdout.write(`${JSON.stringify({ outDir, made, failed, items: outcomes })}\n`);
  else io.stdout.write(`${made} of ${outcomes.length} made in ${outDir}\n`);
  if (io.interrupted.aborted) throw cancelled('the export');
  if (failed > 0) throw new PartlyFailed(failed, outcomes.length);
}

async function maker(tools: ExportTools, request: Request, io: Console) {
  const { subtitles } = request;
  const voice = await exportVoice(tools.engines, request.voice, tools.systemLanguage, io);
  return async ({ input, out }: BatchItem) => {
    if (io.interrupted.aborted) throw cancelled('the export');
    const document = await readDocumentFile(input);
    return exportAudio({
      ...jobManner(tools, request, voice, document),
      inputPath: input,
      unfinished: tools.unfinished,
      path: out,
      subtitlesPath: subtitles && besideAudio(out, subtitles),
      keepsWhenCancelled: () => true,
      signal: io.interrupted,
      onNotice: (notice) => io.stderr.write(`aside: ${describeNotice(notice, basename(out))}\n`),
    });
  };
}

const subtitlesOf = ({ subtitles }: Request): string[] => (subtitles === undefined ? [] : [`.${subtitles}`]);
