import type { AudioFileState } from '../../protocol/contract/audio-contract.ts';
import type { ExportWork } from './export-work.ts';
import type { JoinedPiece } from './journal.ts';
import type { PieceFile } from './output-files.ts';
import { rateChanged } from './rate-changed.ts';
import { removeTemporary } from './remove-temporary.ts';
import type { RenderedPiece } from './render-piece.ts';

/** A piece that is ready to be joined. */
export interface ReadyPiece {
  readonly rendered: RenderedPiece;
  readonly file: PieceFile;
}

const NOTHING: AudioFileState = { bytes: 0, samples: 0, pages: 0, lastBlock: 0 };

/**
 * Joins the next piece to its file, which is a new one where the export is split there, and enters it in the journal.
 * Rejects with `synthesis` when the voice has changed its sampling rate.
 */
export async function joinPiece(work: ExportWork, { rendered, file: pieceFile }: ReadyPiece): Promise<void> {
  const { journal, files, whenRoom } = work;
  const last = journal.joined.at(-1);
  const sampleRateHz = rateOf(rendered, last);
  const pauses = rendered.pausesBefore + (last?.pausesBefore ?? 0);
  const pieces = sampleRateHz === null ? [] : await piecesOf(work, pieceFile, pauses, sampleRateHz);

  const isNew = pieces.length > 0 && beginsFile(work, rendered, pieces);
  const file = (last?.file ?? 0) + (isNew && last?.sampleRateHz != null ? 1 : 0);
  let state = last?.state ?? NOTHING;
  if (isNew && sampleRateHz !== null)
    state = await files.begin(file, sampleRateHz, [{ chapter: rendered.piece.chapter }]);
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
    pausesBefore: pieces.length === 0 ? pauses : 0,
    boundaryBytes: work.boundaries?.bytes ?? 0,
    chapter: piece.chapter,
    skipped: [...skipped],
  };
  await whenRoom(() => journal.add(record));
  for (const path of [rendered.pcmPath, ...pieces.map((done) => done.path)]) await removeTemporary(path);
}

function rateOf({ sampleRateHz, piece }: RenderedPiece, last: JoinedPiece | undefined): number | null {
  const before = last?.sampleRateHz ?? null;
  if (sampleRateHz === 0 || sampleRateHz === before) return before;
  if (before === null) return sampleRateHz;
  throw rateChanged(before, sampleRateHz, piece.charIndex);
}

async function piecesOf(
  { files }: ExportWork,
  pieceFile: PieceFile,
  pauses: number,
  sampleRateHz: number,
): Promise<PieceFile[]> {
  const silence = pauses > 0 ? [await files.silence(pauses, sampleRateHz)] : [];
  return pieceFile.samples > 0 ? [...silence, pieceFile] : silence;
}

function beginsFile({ journal }: ExportWork, { piece }: RenderedPiece, pieces: readonly PieceFile[]): boolean {
  const last = journal.joined.at(-1);
  if (!last || last.sampleRateHz === null) return true; // nothing could be heard so far
  const { split } = journal.recipe;
  const samples = last.state.samples + pieces.reduce((sum, own) => sum + own.samples, 0);
  const bytes = last.state.bytes + pieces.reduce((sum, own) => sum + own.bytes, 0);
  // Of pieces in which nothing can be heard the file has none.
  if (split.by === 'chapter')
    return piece.chapter !== journal.joined.findLast(({ added }) => added.length > 0)?.chapter;
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
    segment,
    boundary: { ...boundary, atMs: boundary.atMs + startMs },
  }));
  await whenRoom(() => boundaries.add(file, logged));
}
