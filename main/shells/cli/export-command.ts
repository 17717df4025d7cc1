import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cancelled } from '../../../protocol/contract/call.ts';
import { AsideError, type WireError } from '../../../protocol/errors.ts';
import type { Document } from '../../../protocol/model/document.ts';
import type { Prosody } from '../../../protocol/model/prosody.ts';
import { isVoiceOf } from '../../../protocol/model/voice.ts';
import { decodeDocument, readDocumentFile } from '../../documents/read-document.ts';
import { type ExportSummary, exportWav } from '../../exports/export-wav.ts';
import { fileError } from '../../exports/file-error.ts';
import type { Engines } from '../../speech/engines.ts';
import type { Console } from './console.ts';
import { requireDistinctFiles } from './distinct-files.ts';
import { pickVoice } from './pick-voice.ts';
import { createProgressBar } from './progress-bar.ts';
import { readStdin } from './read-stdin.ts';
import { untilInterrupted } from './until-interrupted.ts';

export interface ExportOptions {
  /** A WAV file, or `-` for stdout. */
  readonly out: string;
  readonly voice?: string;
  readonly prosody: Prosody;
  readonly timings?: string;
  readonly json?: boolean;
}

/** Speaks a file (`-`: stdin) into a WAV file and says what it made. With `out` `-` the summary goes to stderr. */
export async function exportCommand(
  engines: Engines,
  systemLanguage: string,
  input: string,
  options: ExportOptions,
  io: Console,
): Promise<void> {
  await requireDistinctFiles({ '<file>': input, '--out': options.out, '--timings': options.timings });
  const document = await readInput(input, io);
  const { voices, problems } = await untilInterrupted(engines.voices.list(), io.interrupted, 'listing the voices');
  io.stderr.write(whyNoVoices(options.voice, problems));
  const { voice, isSubstitute } = pickVoice(voices, options.voice, systemLanguage);
  if (isSubstitute) {
    io.stderr.write(
      `aside: there is no voice ${options.voice} here; ${voice.id} (${voice.name}) speaks in its place\n`,
    );
  }
  const bar = createProgressBar(io.stderr, `${document.name} → ${options.out}`);
  const exportTo = (path: string): Promise<ExportSummary> =>
    exportWav({
      text: document.text,
      voice,
      prosody: options.prosody,
      pool: engines.poolOf(voice),
      path,
      timingsPath: options.timings === undefined ? undefined : resolve(options.timings),
      signal: io.interrupted,
      onProgress: bar.update,
    }).finally(bar.stop);

  const isPiped = options.out === '-';
  const summary = isPiped ? await toStdout(exportTo, io) : await exportTo(resolve(options.out));
  const report = isPiped ? io.stderr : io.stdout;
  if (options.json) {
    report.write(`${JSON.stringify({ out: options.out, engine: voice.engine, voice: voice.id, ...summary })}\n`);
  } else {
    report.write(`${options.out}: ${describe(summary)}\n`);
  }
}

/** Why the engine of the wished voice has no voices here, when that is why it is not among them. */
function whyNoVoices(wish: string | undefined, problems: readonly WireError[]): string {
  const problem = problems.find(({ details }) => wish !== undefined && isVoiceOf(wish, String(details.engine)));
  return problem ? `aside: ${problem.message}\n${problem.remedy}\n` : '';
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

function describe({ durationMs, bytes, words, elapsedMs }: ExportSummary): string {
  const minutes = Math.floor(durationMs / 60_000);
  const seconds = ((durationMs % 60_000) / 1000).toFixed(1).padStart(4, '0');
  const speed = (durationMs / elapsedMs).toFixed(0);
  return `${minutes}:${seconds} of audio, ${words} words, ${bytes} bytes, ${speed} × real time`;
}
