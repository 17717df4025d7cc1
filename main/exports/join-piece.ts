import { rm } from 'node:fs/promises';
import type { AudioFileState } from '../../protocol/contract/audio-contract.ts';
import type { ExportWork } from './export-work.ts';
import type { JoinedPiece } from './journal.ts';
import type { PieceFile } from './output-files.ts';
import type { RenderedPiece } from './render-piece.ts';

/** A piece that is ready to be joined. */
export interface ReadyPiece {
  readonly rendered: RenderedPiece;
  readonly file: PieceFile;
}

const NOTHING: AudioFileState = { bytes: 0, samples: 0, pages: 0, lastBlock: 0 };

/** Joins the next piece to its file, which is a new one where the export is split there, and enters it in the journal. */
export async function joinPiece(work: ExportWork, { rendered, file: pieceFile }: ReadyPiece): Promise<void> {
  const { journal, files, whenRoom } = work;
  const last = journal.joined.at(-1);
  const sampleRateHz = rendered.sampleRateHz || (last?.sampleRateHz ?? null);
  const pieces: PieceFile[] = [];
  if (sampleRateHz !== null && rendered.pausesBefore > 0) {
    pieces.push(await files.silence(rendered.pausesBefore, sampleRateHz));
  }
  if (pieceFile.samples > 0) pieces.push(pieceFile);

  const isNew = pieces.length > 0 && beginsFile(work, rendered, pieces, last);
  const file = (last?.file ?? 0) + (isNew && last?.sampleRateHz != null ? 1 : 0);
  let state = last?.state ?? NOTHING;
  if (isNew && sampleRateHz !== null) state = await files.begin(file, sampleRateHz);
  const startSamples = state.samples;
  const added: JoinedPiece['added'] = [];
  let heardFrom = state.samples;
  for (const piece of pieces) {
    if (sampleRateHz === null) break;
    const before = state.bytes;
    const result = await files.append(file, state, piece, sampleRateHz);
    state = result.state;
    heardFrom = result.startSamples;
    added.push({ bytes: state.bytes - before, crc32: result.addedCrc32 });
  }
  await addBoundaries(work, rendered, file, heardFrom, sampleRateHz);
  const { piece, words, skipped } = rendered;
  const record: JoinedPiece = {
    piece: piece.index,
    endIndex: piece.charIndex + piece.charLength,
    file,
    state,
    added,
    addedSamples: state.samples - startSamples,
    sampleRateHz,
    words,
    segments: piece.segments.length,
    boundaryBytes: work.boundaries?.bytes ?? 0,
    startsChapter: piece.startsChapter,
    skipped: [...skipped],
  };
  await whenRoom(() => journal.add(record));
  for (const path of [rendered.pcmPath, ...pieces.map((done) => done.path)]) await rm(path, { force: true });
}

function beginsFile(
  { journal }: ExportWork,
  { piece }: RenderedPiece,
  pieces: readonly PieceFile[],
  last: JoinedPiece | undefined,
): boolean {
  if (!last || last.sampleRateHz === null) return true; // nothing could be heard so far
  const { split } = journal.recipe;
  const samples = last.state.samples + pieces.reduce((sum, own) => sum + own.samples, 0);
  const bytes = last.state.bytes + pieces.reduce((sum, own) => sum + own.bytes, 0);
  if (split.by === 'chapter') return piece.startsChapter;
  if (split.by === 'duration') return (samples / last.sampleRateHz) * 1000 > split.maxMs;
  return split.by === 'size' && bytes > split.maxBytes;
}

/** On the clock of the file, in which the piece is heard from `startSamples` on. */
async function addBoundaries(
  { boundaries, whenRoom }: ExportWork,
  rendered: RenderedPiece,
  file: number,
  startSamples: number,
  sampleRateHz: number | null,
): Promise<void> {
  if (!boundaries || sampleRateHz === null) return;
  const startMs = (startSamples / sampleRateHz) * 1000;
  const logged = rendered.boundaries.map(({ boundary, segment }) => ({
    file,
    segment,
    boundary: { ...boundary, atMs: boundary.atMs + startMs },
  }));
  await whenRoom(() => boundaries.add(logged));
}
