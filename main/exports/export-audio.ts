import { dirname } from 'node:path';
import { cancelled } from '../../protocol/contract/call.ts';
import { AsideError } from '../../protocol/errors.ts';
import { exportAtOnce, pieceAlone } from './export-at-once.ts';
import { exportFailure } from './export-failure.ts';
import type { ExportJob, ExportSummary } from './export-job.ts';
import { ExportMeter } from './export-meter.ts';
import type { Piece } from './export-plan.ts';
import { type ExportWork, openWork } from './export-work.ts';
import { finishExport } from './finish-export.ts';
import type { FinishedFile } from './finished-export.ts';
import { FlushAhead } from './flush-ahead.ts';
import { requireFreeTargets } from './free-targets.ts';
import { inOrder } from './in-order.ts';
import { joinPiece, type ReadyPiece } from './join-piece.ts';
import type { JoinedPiece } from './journal.ts';
import { piecesOfJob } from './pieces-of-job.ts';
import { ROOM } from './room-ledger.ts';
import { createRoomLookout } from './room-lookout.ts';
import { type PieceSpeaker, pieceSpeaker, speakPiece } from './speak-piece.ts';
import { summarize } from './summarize.ts';
import { requireWritable } from './target-place.ts';
import { WorkFolder } from './work-folder.ts';

/** Waiting in the queue of the pool, so that a host that is done need not wait for main. */
const WAITING = 1;

/**
 * Speaks a text into an audio file: pieces of it in several hosts at a time, joined in their order. The bytes depend on
 * the job alone, not on how many hosts there are, which of them die, and how often the work is interrupted. Main only
 * keeps the books; hosts write the samples.
 *
 * What is made lies in a folder beside the target until it is whole. An export that fails, or whose process is killed,
 * leaves that folder, and the same job made again goes on from the pieces that are done. Rejects with `refused` (nothing
 * to say, the path is being written already, or a file is in the way that the job may not replace), `file`, `segment-failed`, `request-cancelled`, and what the engine
 * refuses. A full disk does not end it: it waits until there is room.
 */
export async function exportAudio(job: ExportJob): Promise<ExportSummary> {
  if (job.text.trim() === '') throw nothingToSay();
  for (const path of [job.timingsPath, job.subtitlesPath]) {
    if (path !== undefined) await requireWritable(path, dirname(job.path));
  }
  const piece = pieceAlone(job);
  const made = piece && (await exportAtOnce(job, piece));
  if (made) return made;
  const folder = await WorkFolder.claim(job.path);
  await requireFreeTargets(job, folder).catch(async (error: unknown) => {
    await folder.release(); // with what an earlier run has done
    throw error;
  });
  return exportPieces(job, folder);
}

async function exportPieces(job: ExportJob, folder: WorkFolder): Promise<ExportSummary> {
  const stop = new AbortController();
  const signal = job.signal ? AbortSignal.any([job.signal, stop.signal]) : stop.signal;
  const ahead = new FlushAhead();
  let work: ExportWork | undefined;
  let isDone = false;
  try {
    work = await openWork(job, folder, signal);
    const lookForRoom = createRoomLookout(job, folder.place, work.journal.joined, ROOM);
    const speaker = pieceSpeaker(job, signal, work.whenRoom, meterOf(job, work), work.boundaries !== null);
    const run: ExportRun = { ...speaker, work, lookForRoom, ahead };
    await lookForRoom();
    await makePieces(run, () => stop.abort());
    await ahead.done();
    const files = await finishExport(job, work);
    await job.onMade?.();
    isDone = true;
    return summaryOf(run, files);
  } catch (error) {
    throw exportFailure(error, job, folder);
  } finally {
    ROOM.forget(folder.place);
    await ahead.done().catch(() => {}); // told above, where it is not overtaken by another failure
    if (work) await forgetUnflushed(work, ahead).catch(() => {}); // a disk that takes nothing more
    await leave(job, folder, work, isDone);
  }
}

interface ExportRun extends PieceSpeaker {
  readonly work: ExportWork;
  readonly lookForRoom: () => Promise<void>;
  readonly ahead: FlushAhead;
}

async function makePieces(run: ExportRun, onStop: () => void): Promise<void> {
  const { job, work, meter } = run;
  const concurrency = (job.jobs ?? 1) + WAITING;
  const ready = inOrder(piecesLeft(run), concurrency, (piece) => makePiece(run, piece), onStop);
  for await (const piece of ready) {
    if (run.signal.aborted) throw cancelled('the export');
    await run.lookForRoom();
    await joinPiece(work, piece);
    const joined = work.journal.joined.at(-1);
    if (joined) run.ahead.wrote(work.files.pathOf(joined.file), joined.state.bytes);
    const { rendered } = piece;
    meter.joined(rendered.piece.index, rendered.piece.charIndex + rendered.piece.charLength, rendered.audioBytes);
    for (const skipped of rendered.skipped) job.onNotice?.({ kind: 'skipped', skipped });
    job.onProgress?.(meter.read());
  }
}

function* piecesLeft({ job, work }: ExportRun): Generator<Piece, void> {
  for (const piece of piecesOfJob(job)) {
    if (piece.index >= work.journal.joined.length) yield piece;
  }
}

/** Has a piece spoken, and encoded. */
async function makePiece(run: ExportRun, piece: Piece): Promise<ReadyPiece> {
  const { folder, files } = run.work;
  const rendered = await speakPiece(run, piece, folder.file(`piece-${piece.index}.pcm`), 0);
  return { rendered, file: await files.encode(rendered.pcmPath, rendered.audioBytes, rendered.sampleRateHz) };
}

function meterOf(job: ExportJob, { journal }: ExportWork): ExportMeter {
  const last = journal.joined.at(-1);
  const sampleRateHz = last?.sampleRateHz ?? 0;
  const samples = journal.joined.reduce((sum, { addedSamples }) => sum + addedSamples, 0);
  const audioMs = sampleRateHz === 0 ? 0 : (samples / sampleRateHz) * 1000;
  return new ExportMeter(job.text.length, job.prosody.rate, { chars: last?.endIndex ?? 0, audioMs, sampleRateHz });
}

function summaryOf(run: ExportRun, files: FinishedFile[]): ExportSummary {
  const { joined } = run.work.journal;
  return summarize(run, files, {
    segments: joined.reduce((total, { segments }) => total + segments, 0),
    words: joined.reduce((total, { words }) => total + words, 0),
    skipped: joined.flatMap(({ skipped }) => skipped),
  });
}

/** Read again, it would look whole: the system still has in memory what the disk did not take. */
async function forgetUnflushed({ journal, files }: ExportWork, { failedAt }: FlushAhead): Promise<void> {
  if (!failedAt) return;
  const isLost = ({ file, state }: JoinedPiece): boolean =>
    files.pathOf(file) === failedAt.path && state.bytes > failedAt.intactBytes;
  const lost = journal.joined.findIndex(isLost);
  if (lost >= 0) await journal.cut(lost);
}

/** What is done stays for a later run, unless nothing is or nobody wants it; as does what an earlier run has left for one. */
async function leave(job: ExportJob, folder: WorkFolder, work: ExportWork | undefined, isDone: boolean): Promise<void> {
  await work?.journal.close();
  await work?.boundaries?.close();
  const isUnwanted = isDone || (job.signal?.aborted && !job.keepsWhenCancelled?.());
  // One that could not be opened may hold all that an earlier run had done.
  const last = work?.journal.joined.at(-1);
  const isAsFound = job.signal?.aborted && !folder.isNew;
  if (isUnwanted || (work && !last && !isAsFound)) {
    await folder.discard();
    await job.unfinished?.forget(folder.path);
    return;
  }
  if (last) job.onNotice?.({ kind: 'kept', percent: Math.floor((last.endIndex / job.text.length) * 100) });
  await folder.release();
}

function nothingToSay(): AsideError<'refused'> {
  return new AsideError('refused', 'The text is empty: there is nothing to say', {
    details: { reason: 'empty-text' },
    remedy: 'Type, paste or open a text first.',
  });
}
