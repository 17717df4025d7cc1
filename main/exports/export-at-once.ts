import { open } from 'node:fs/promises';
import { cancelled } from '../../protocol/contract/call.ts';
import { isAsideError } from '../../protocol/errors.ts';
import { pcmDurationMs } from '../../protocol/model/pcm.ts';
import { type WavHeadParts, wavHead } from '../../protocol/model/wav-head.ts';
import { type AtOncePlace, ownPlace, placeInBatch } from './at-once-place.ts';
import { bytesFreeLately, bytesNeeded } from './disk-room.ts';
import { exportFailure } from './export-failure.ts';
import type { ExportJob, ExportSummary } from './export-job.ts';
import { ExportMeter } from './export-meter.ts';
import type { Piece } from './export-plan.ts';
import { WAV, WHOLE, wantsBoundaries } from './export-recipe.ts';
import { tagsOf } from './export-tags.ts';
import { roomWatchOf } from './export-work.ts';
import { mayBeHuge } from './may-be-huge.ts';
import { piecesOfJob } from './pieces-of-job.ts';
import type { RenderedPiece } from './render-piece.ts';
import { type PieceSpeaker, pieceSpeaker, speakPiece } from './speak-piece.ts';
import { summarize } from './summarize.ts';

/** A piece is shorter; the rest of a longer text is white space, or it has more pieces. */
const MAX_CHARS = 10_000;

/**
 * The piece that a text is, where it is a single one that becomes a WAV file and nothing else: then there is nothing to
 * join, to encode, or to go on with, and no need to keep books. A batch of short texts spent as much on them as on
 * speaking. Null for every other job.
 */
export function pieceAlone(job: ExportJob): Piece | null {
  const { text, format = WAV, split = WHOLE } = job;
  if (text.length > MAX_CHARS) return null;
  // What is skipped leaves pauses, before the first sample too: that is for those who join pieces.
  if (format.kind !== 'wav' || split.by !== 'nothing' || wantsBoundaries(job) || job.onError === 'skip') return null;
  const pieces = piecesOfJob(job);
  const first = pieces.next();
  return first.done || !pieces.next().done ? null : first.value;
}

/**
 * Exports a text of one piece. Its host makes the folder and the file, so that main goes to the disk for little more than
 * the name. Null where that folder is there already, or nothing can be heard: such a file is made in the usual way. Killed
 * at any moment it leaves the old file or the new one, and a folder that tells of it. Rejects as `exportAudio` does; nothing
 * is left then.
 */
export async function exportAtOnce(job: ExportJob, piece: Piece): Promise<ExportSummary | null> {
  const place = await (job.batch ? placeInBatch(job, job.batch) : ownPlace(job));
  if (!place) return null;
  const signal = job.signal ?? new AbortController().signal;
  const meter = new ExportMeter(job.text.length, job.prosody.rate, { chars: 0, audioMs: 0, sampleRateHz: 0 });
  const speaker = pieceSpeaker(job, signal, roomWatchOf(job, signal).whenRoom, meter, false);
  let isMade = false;
  try {
    const made = await makeFile(speaker, place, piece);
    if (!made) return null;
    await job.onMade?.();
    isMade = true;
    return summaryOf(speaker, made);
  } catch (error) {
    if (isAsideError(error, 'refused') && error.details.reason === 'target-busy') return null;
    throw exportFailure(error, job, place);
  } finally {
    await place.leave(isMade);
  }
}

interface Made {
  readonly rendered: RenderedPiece;
  /** Of the whole file. */
  readonly bytes: number;
}

/** The samples go behind the place of the head, which is filled in when it is known how many they are. */
async function makeFile(speaker: PieceSpeaker, place: AtOncePlace, piece: Piece): Promise<Made | null> {
  const { job, whenRoom } = speaker;
  if (speaker.signal.aborted) throw cancelled('the export');
  const beginning = await place.begin();
  await lookForRoom(job, place.target);
  const path = place.audioPath;
  const parts = headParts(job, piece);
  const { length } = headOf(parts, 0, 0);
  const isOneCall = piece.segments.length === 1;
  const rendered = await speakPiece(speaker, piece, path, length, { beginning, ...(isOneCall && { wavHead: parts }) });
  if (speaker.signal.aborted) throw cancelled('the export');
  const { audioBytes, sampleRateHz } = rendered;
  if (audioBytes === 0) return null;
  const head = isOneCall ? null : headOf(parts, sampleRateHz, audioBytes);
  await whenRoom(() => bringToDisk(path, head));
  await place.finish();
  return { rendered, bytes: length + audioBytes };
}

/** Once, and apart from what other exports need: it is made before they have gone on. */
async function lookForRoom(job: ExportJob, place: string): Promise<void> {
  const freeBytes = await (job.bytesFree ?? bytesFreeLately)(place);
  const neededBytes = bytesNeeded(job.text.length, job.prosody.rate, WAV);
  if (freeBytes === null || freeBytes >= neededBytes) return;
  job.onNotice?.({ kind: 'little-room', neededBytes, othersBytes: 0, freeBytes });
}

function summaryOf(speaker: PieceSpeaker, { rendered, bytes }: Made): ExportSummary {
  const { job, meter } = speaker;
  const { piece, audioBytes, sampleRateHz, words } = rendered;
  meter.joined(piece.index, piece.charIndex + piece.charLength, audioBytes);
  job.onProgress?.(meter.read());
  const file = { path: job.path, bytes, durationMs: pcmDurationMs(audioBytes, sampleRateHz) };
  return summarize(speaker, [file], { segments: piece.segments.length, words, skipped: [] });
}

function headParts(job: ExportJob, { chapter }: Piece): WavHeadParts {
  return { tags: tagsOf(job, 0, [{ chapter }]), mayBeHuge: mayBeHuge(job) };
}

/** As long for every rate and number of bytes. */
function headOf(parts: WavHeadParts, sampleRateHz: number, audioBytes: number): Uint8Array {
  const head = wavHead({ ...parts, sampleRateHz, audioBytes });
  if (!head) throw new Error(`${audioBytes} bytes of audio from one piece of a text`);
  return head;
}

/** Not a host's work: it would wait for the disk where it could speak. */
async function bringToDisk(path: string, head: Uint8Array | null): Promise<void> {
  const file = await open(path, 'r+');
  try {
    if (head) await file.write(head, 0, head.length, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}
