import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cancelled } from '../../../protocol/contract/call.ts';
import { AsideError } from '../../../protocol/errors.ts';
import type { Document } from '../../../protocol/model/document.ts';
import { decodeDocument, readDocumentFile } from '../../documents/read-document.ts';
import { exportAudio } from '../../exports/export-audio.ts';
import type { ExportSummary } from '../../exports/export-job.ts';
import { fileError } from '../../exports/file-error.ts';
import { jobOfText } from '../../exports/job-of-text.ts';
import { EXPORTING } from '../../speech/segments.ts';
import type { Console } from './console.ts';
import { requireDistinctFiles } from './distinct-files.ts';
import { describeNotice } from './export-notices.ts';
import type { ExportRequest } from './export-request.ts';
import { describeSummary } from './export-summary.ts';
import type { ExportTools } from './export-tools.ts';
import { exportVoice } from './export-voice.ts';
import { createProgressBar } from './progress-bar.ts';
import { readStdin } from './read-stdin.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Speaks a file (`-`: stdin) into an audio file and says what it made. With `out` `-` the summary goes to stderr. */
export async function exportCommand(
  tools: ExportTools,
  request: Extract<ExportRequest, { kind: 'export' }>,
  io: Console,
): Promise<void> {
  const { input, out, timings, subtitles } = request;
  await requireDistinctFiles({ '<file>': input, '--out': out, '--timings': timings, '--subtitles': subtitles });
  const document = await readInput(input, io);
  if (document.keepsMarkup) io.stderr.write(`aside: ${describeNotice({ kind: 'keeps-markup' }, document.name)}\n`);
  tools.engines.warm(Math.ceil(document.text.length / EXPORTING.maxChars));
  const voice = await exportVoice(tools.engines, request.voice, tools.systemLanguage, io);
  const bar = createProgressBar(io.stderr, `${document.name} → ${out}`, !request.json);
  const isPiped = out === '-';
  const exportTo = (path: string): Promise<ExportSummary> =>
    exportAudio({
      ...jobOfText(tools, request, voice, document),
      ...(input !== '-' && { inputPath: resolve(input) }),
      ...(!isPiped && { unfinished: tools.unfinished }),
      path,
      timingsPath: timings === undefined ? undefined : resolve(timings),
      subtitlesPath: subtitles === undefined ? undefined : resolve(subtitles),
      keepsWhenCancelled: () => !isPiped,
      signal: io.interrupted,
      onProgress: bar.update,
      onNotice: (notice) => {
        if (notice.kind === 'kept' && isPiped) return;
        bar.stop(); // else the bar would be drawn over what is said
        io.stderr.write(`aside: ${describeNotice(notice, out)}\n`);
      },
    }).finally(bar.stop);

  const summary = isPiped ? await toStdout(exportTo, io) : await exportTo(resolve(out));
  const report = isPiped ? io.stderr : io.stdout;
  if (request.json) {
    report.write(`${JSON.stringify({ out, engine: voice.engine, voice: voice.id, ...summary })}\n`);
  } else {
    report.write(`${out}: ${describeSummary(summary)}\n`);
  }
}

function readInput(input: string, io: Console): Promise<Document> {
  if (input !== '-') return untilInterrupted(readDocumentFile(resolve(input)), io.interrupted, 'reading the file');
  return readStdin(io).then((bytes) => decodeDocument('stdin', bytes));
}

/** A pipe cannot be rewound to fill in the header, so the file is made first and then sent. */
async function toStdout(exportTo: (path: string) => Promise<ExportSummary>, io: Console): Promise<ExportSummary> {
  const dir = await mkdtemp(join(tmpdir(), 'aside-')).catch((cause: unknown) => {
    throw fileError(tmpdir(), cause);
  });
  try {
    const path = join(dir, 'speech.wav');
    const summary = await exportTo(path);
    await pipeline(createReadStream(path), io.stdout, { end: false, signal: io.interrupted }).catch((error) => {
      throw io.interrupted.aborted ? cancelled('writing to stdout') : stdoutError(error);
    });
    return summary;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function stdoutError(cause: NodeJS.ErrnoException): AsideError<'file'> {
  if (cause.code !== 'EPIPE' && cause.code !== 'ERR_STREAM_PREMATURE_CLOSE') return fileError('stdout', cause);
  return new AsideError('file', `stdout was closed before all audio was written (${cause.code})`, {
    details: { path: '-', reason: cause.code },
    remedy: 'Let the program that reads it read to the end, or export to a file.',
    cause,
  });
}
