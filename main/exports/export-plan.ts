import type { AudioFormat } from '../../protocol/model/audio-format.ts';
import type { ExportSplit } from '../../protocol/model/export.ts';
import type { TextRange } from '../../protocol/model/text-range.ts';
import { EXPORTING, type Segment, segmentsOf } from '../speech/segments.ts';
import { AVERAGE_MS_PER_CHAR } from './average-pace.ts';
import { bytesPerMs } from './disk-room.ts';

/**
 * A piece of a text that is rendered, encoded and joined as a whole. How a text is cut into pieces depends on nothing but
 * the text and the plan: that is why the bytes of an export do not depend on how many hosts worked on it.
 */
export interface Piece extends TextRange {
  /** Counts up from 0. */
  readonly index: number;
  /** At least one. Their `index` counts up through the whole text. */
  readonly segments: readonly Segment[];
  /** Which of the chapters it is of; null before the first. */
  readonly chapter: number | null;
}

export interface ExportPlan {
  /** BCP-47, of the voice. */
  readonly language: string;
  /** About so many characters are a piece, and at most so many a segment; less where a text has short lines. */
  readonly pieceChars: number;
  /** Where chapters begin, in ascending order. A piece begins at each. */
  readonly chapterStarts: readonly number[];
}

/** Some two minutes: enough that the start of an encoder does not count, few enough for several hosts to share a text. */
const PIECE_CHARS = EXPORTING.maxChars;
const MIN_PIECE_CHARS = 100;
/** Files that are split by length are cut between pieces, so a file holds at least so many of them. */
const PIECES_PER_FILE = 12;

/** How long pieces are, so that files of a length that was asked for come close to it. `rate` as in `Prosody`. */
export function pieceCharsOf(split: ExportSplit, format: AudioFormat, rate: number): number {
  if (split.by !== 'duration' && split.by !== 'size') return PIECE_CHARS;
  const maxMs = split.by === 'duration' ? split.maxMs : split.maxBytes / bytesPerMs(format);
  const charsPerFile = (maxMs * rate) / AVERAGE_MS_PER_CHAR;
  return Math.round(Math.min(PIECE_CHARS, Math.max(MIN_PIECE_CHARS, charsPerFile / PIECES_PER_FILE)));
}

/** The pieces of a text, lazily and in order. What lies between them is white space. */
export function* piecesOf(text: string, plan: ExportPlan): Generator<Piece, void> {
  let index = 0;
  let segmentIndex = 0;
  const starts = [0, ...plan.chapterStarts.filter((start) => start > 0)];
  for (const [at, startIndex] of starts.entries()) {
    const range = { startIndex, endIndex: starts[at + 1] ?? text.length };
    const chapter = chapterAt(plan.chapterStarts, startIndex);
    let segments: Segment[] = [];
    for (const segment of segmentsOf(text, range, plan.language, { ...EXPORTING, maxChars: plan.pieceChars })) {
      segments.push({ ...segment, index: segmentIndex++ });
      if (charsOf(segments).charLength < plan.pieceChars / 2) continue;
      yield { index: index++, segments, chapter, ...charsOf(segments) };
      segments = [];
    }
    if (segments.length > 0) yield { index: index++, segments, chapter, ...charsOf(segments) };
  }
}

function chapterAt(starts: readonly number[], index: number): number | null {
  const at = starts.findLastIndex((start) => start <= index);
  return at < 0 ? null : at;
}

function charsOf(segments: readonly Segment[]): TextRange {
  const charIndex = segments[0]?.charIndex ?? 0;
  const last = segments.at(-1);
  return { charIndex, charLength: last ? last.charIndex + last.charLength - charIndex : 0 };
}
