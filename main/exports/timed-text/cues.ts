import type { Boundary } from '../../../protocol/model/boundary.ts';
import { breakLines } from './break-lines.ts';
import { type Cue, type CueLimits, DEFAULT_CUE_LIMITS } from './cue.ts';
import { cutCue } from './cut-cue.ts';
import { lineOf, type SpokenPiece } from './spoken-piece.ts';
import { spokenPieces } from './spoken-pieces.ts';

/** How long a sentence stays after its last word in a pause. */
const LINGER_MS = 1_000;
/** What a character takes where nothing can be measured. */
const AVERAGE_MS_PER_CHAR = 80;

interface Draft {
  readonly pieces: readonly SpokenPiece[];
  readonly endsSentence: boolean;
}

/**
 * The cues of a spoken text, lazily and in order: memory holds a sentence's beginning, never the book. A cue starts
 * with its first word, holds words of one sentence only, and ends when the next begins, in a pause a second after its
 * last word. `boundaries` are in order, on the clock of the file and with positions in `text`; `durationMs` is that
 * of the file. Engines whose boundaries coincide get cues of a millisecond, put off as far as needed not to overlap.
 */
export async function* cuesOf(
  boundaries: AsyncIterable<Boundary>,
  text: string,
  durationMs: number,
  limits: CueLimits = DEFAULT_CUE_LIMITS,
): AsyncGenerator<Cue, void> {
  let waiting: Draft | null = null;
  let lastEndMs = 0;
  const finish = (draft: Draft, nextMs: number): Cue => {
    const startMs = Math.max(lastEndMs, Math.round(draft.pieces[0]?.atMs ?? 0));
    const endMs = Math.max(startMs + 1, Math.round(Math.min(nextMs, lastMoment(draft))));
    lastEndMs = endMs;
    return { startMs, endMs, lines: breakLines(draft.pieces, limits.maxLineChars), text: lineOf(draft.pieces) };
  };
  for await (const draft of drafts(spokenPieces(boundaries, text, durationMs, limits.maxLineChars), limits)) {
    if (waiting) yield finish(waiting, draft.pieces[0]?.atMs ?? durationMs);
    waiting = draft;
  }
  if (waiting) yield finish(waiting, durationMs);
}

async function* drafts(pieces: AsyncIterable<SpokenPiece>, limits: CueLimits): AsyncGenerator<Draft, void> {
  // Two cues' worth tell where the first is best cut.
  const enoughChars = 2 * limits.maxLineChars * limits.maxLines;
  let held: SpokenPiece[] = [];
  let heldChars = 0;
  const take = (isAll: boolean): Draft => {
    const count = cutCue(held, isAll, limits);
    const taken = held.slice(0, count);
    held = held.slice(count);
    heldChars = lineOf(held).length;
    return { pieces: taken, endsSentence: isAll && held.length === 0 };
  };
  for await (const piece of pieces) {
    while (piece.startsSentence && held.length > 0) yield take(true);
    held.push(piece);
    heldChars += piece.text.length + 1;
    while (heldChars > enoughChars && held.length > 1) yield take(false);
  }
  while (held.length > 0) yield take(true);
}

/** Until when a draft may stay if nothing follows: boundaries tell when a word begins, not when it ends. */
function lastMoment({ pieces, endsSentence }: Draft): number {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (!endsSentence || !first || !last) return Number.POSITIVE_INFINITY;
  const before = lineOf(pieces).length - last.text.length;
  const msPerChar = before > 0 ? Math.max(20, (last.atMs - first.atMs) / before) : AVERAGE_MS_PER_CHAR;
  return last.atMs + last.text.length * msPerChar + LINGER_MS;
}
