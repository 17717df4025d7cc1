import { cancelled } from '../../protocol/contract/call.ts';
import { AsideError, isAsideError } from '../../protocol/errors.ts';
import type { ExportJob, ExportSummary } from './export-job.ts';
import { ExportMeter } from './export-meter.ts';
import { type Piece, pieceCharsOf, piecesOf } from './export-plan.ts';
import { type ExportWork, openWork } from './export-work.ts';
import { fileError } from './file-error.ts';
import { finishExport } from './finish-export.ts';
import type { FinishedFile } from './finished-export.ts';
import { inOrder } from './in-order.ts';
import { joinPiece, type ReadyPiece } from './join-piece.ts';
import { renderPiece } from './render-piece.ts';
import { createRoomLookout } from './room-lookout.ts';
import { requireWritable } from './target-place.ts';
import { WorkFolder } from './work-folder.ts';

/**
 * Speaks a text into an audio file: pieces of it in several hosts at a time, joined in their order. The bytes depend on
 * the job alone, not on how many hosts there are, which of them die, and how often the work is interrupted. Main only
 * keeps the books; hosts write the samples.
 *
 * What is made lies in a folder beside the target until it is whole. An export that fails, or whose process is killed,
 * leaves that folder, and the same job made again goes on from the pieces that are done. Rejects with `refused` (nothing
 * to say, or the path is being written already), `file`, `segment-failed`, `request-cancelled`, and what the engine
 * refuses. A full disk does not end it: it waits until there is room.
 */
export async function exportAudio(job: ExportJob): Promise<ExportSummary> {
  if (job.text.trim() === '') throw nothingToSay();
  for (const path of [job.timingsPath, job.subtitlesPath]) if (path !== undefined) await requireWritable(path);
  const folder = await WorkFolder.claim(job.path);
  const stop = new AbortController();
  const signal = job.signal ? AbortSignal.any([job.signal, stop.signal]) : stop.signal;
  let work: ExportWork | undefined;
  let isDone = false;
  try {
    work = await openWork(job, folder, signal);
    const lookForRoom = createRoomLookout(job, work);
    const run: ExportRun = { job, work, signal, meter: meterOf(job, work), hosts: new Map(), lookForRoom };
    await lookForRoom();
    await makePieces(run, () => stop.abort());
    const files = await finishExport(job, work);
    isDone = true;
    return summaryOf(run, files);
  } catch (error) {
    throw job.signal?.aborted ? cancelled('the export') : aboutTarget(error, job.path, folder.path);
  } finally {
    await leave(job, folder, work, isDone);
  }
}

interface ExportRun {
  readonly job: ExportJob;
  readonly work: ExportWork;
  readonly signal: AbortSignal;
  readonly meter: ExportMeter;
  /** Requests by process id, in the order in which they came. */
  readonly hosts: Map<number, number>;
  readonly lookForRoom: () => Promise<void>;
}

async function makePieces(run: ExportRun, onStop: () => void): Promise<void> {
  const { job, work, meter } = run;
  const ready = inOrder(piecesLeft(run), job.jobs ?? 1, (piece) => makePiece(run, piece), onStop);
  for await (const piece of ready) {
    if (run.signal.aborted) throw cancelled('the export');
    await run.lookForRoom();
    await joinPiece(work, piece);
    const { rendered } = piece;
    meter.joined(rendered.piece.index, rendered.piece.charIndex + rendered.piece.charLength, rendered.audioBytes);
    for (const skipped of rendered.skipped) job.onNotice?.({ kind: 'skipped', skipped });
    job.onProgress?.(meter.read());
  }
}

function* piecesLeft({ job, work }: ExportRun): Generator<Piece, void> {
  const chapterStarts = (job.chapters ?? []).map(({ charIndex }) => charIndex);
  const { split, format } = work.journal.recipe;
  const pieceChars = pieceCharsOf(split, format, job.prosody.rate);
  const plan = { language: job.voice.language, pieceChars, chapterStarts };
  for (const piece of piecesOf(job.text, plan)) {
    if (piece.index >= work.journal.joined.length) yield piece;
  }
}

/** Has a piece spoken, and encoded. */
async function makePiece(run: ExportRun, piece: Piece): Promise<ReadyPiece> {
  const { job, work, signal, meter, hosts } = run;
  const rendered = await renderPiece({
    pool: job.pool,
    text: job.text,
    piece,
    voiceId: job.voice.id,
    prosody: job.prosody,
    pcmPath: work.folder.file(`piece-${piece.index}.pcm`),
    wantBoundaries: work.boundaries !== null,
    onError: job.onError ?? 'stop',
    signal,
    whenRoom: work.whenRoom,
    onProgress: (done, inside) => {
      meter.at(piece.index, done, inside);
      if (meter.knowsRate) job.onProgress?.(meter.read());
    },
    onRate: (sampleRateHz) => meter.heard(sampleRateHz),
    onHost: (pid) => hosts.set(pid, (hosts.get(pid) ?? 0) + 1),
  });
  return { rendered, file: await work.files.encode(rendered.pcmPath, rendered.audioBytes, rendered.sampleRateHz) };
}

function meterOf(job: ExportJob, { journal }: ExportWork): ExportMeter {
  const last = journal.joined.at(-1);
  const sampleRateHz = last?.sampleRateHz ?? 0;
  const samples = journal.joined.reduce((sum, { addedSamples }) => sum + addedSamples, 0);
  const audioMs = sampleRateHz === 0 ? 0 : (samples / sampleRateHz) * 1000;
  return new ExportMeter(job.text.length, job.prosody.rate, { chars: last?.endIndex ?? 0, audioMs, sampleRateHz });
}

function summaryOf({ job, work, meter, hosts }: ExportRun, files: FinishedFile[]): ExportSummary {
  const { joined } = work.journal;
  const sum = (of: (piece: (typeof joined)[number]) => number): number =>
    joined.reduce((total, piece) => total + of(piece), 0);
  return {
    durationMs: Math.round(files.reduce((total, { durationMs }) => total + durationMs, 0)),
    bytes: files.reduce((total, { bytes }) => total + bytes, 0),
    files,
    characters: job.text.length,
    segments: sum(({ segments }) => segments),
    words: sum(({ words }) => words),
    skipped: joined.flatMap(({ skipped }) => skipped),
    elapsedMs: Math.round(meter.elapsedMs),
    hosts: [...hosts].map(([pid, requests]) => ({ pid, requests })),
  };
}

/** What is done stays for a later run, unless nothing is or nobody wants it. */
async function leave(job: ExportJob, folder: WorkFolder, work: ExportWork | undefined, isDone: boolean): Promise<void> {
  await work?.journal.close();
  await work?.boundaries?.close();
  const isUnwanted = isDone || (job.signal?.aborted && !job.keepsWhenCancelled?.());
  // One that could not be opened may hold all that an earlier run had done.
  const last = work?.journal.joined.at(-1);
  if (isUnwanted || (work && !last)) {
    await folder.discard();
    await job.unfinished?.forget(folder.path);
    return;
  }
  if (last) job.onNotice?.({ kind: 'kept', percent: Math.floor((last.endIndex / job.text.length) * 100) });
  await folder.release();
}

/** The user knows the target; that a host failed on a piece of it is our affair. */
function aboutTarget(error: unknown, path: string, workPath: string): unknown {
  if (isAsideError(error, 'file') && error.details.path.startsWith(workPath) && error.details.reason !== 'not-ours') {
    return fileError(path, Object.assign(new Error(error.message), { code: error.details.reason }));
  }
  if (error instanceof Error && 'code' in error && 'syscall' in error) return fileError(path, error);
  return error;
}

function nothingToSay(): AsideError<'refused'> {
  return new AsideError('refused', 'The text is empty: there is nothing to say', {
    details: { reason: 'empty-text' },
    remedy: 'Type, paste or open a text first.',
  });
}
