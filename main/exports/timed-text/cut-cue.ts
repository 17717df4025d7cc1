import { countLines } from './break-lines.ts';
import type { CueLimits } from './cue.ts';
import { lineOf, type SpokenPiece } from './spoken-piece.ts';

/** What is shown more briefly than this cannot be read. */
const MIN_SHOWN_MS = 700;

const ENDS_CLAUSE = /[;:.!?…。；：！？][\p{Pe}\p{Pf}"']*$|[—–]$/u;
const HAS_COMMA = /[,、，،][\p{Pe}\p{Pf}"']*$/u;

/**
 * How many of the pieces make the next cue: at least one. `isAll` says that the sentence ends with them; then the last
 * two cues are made alike, so that none is a word alone. Cuts after punctuation where that costs little.
 */
export function cutCue(pieces: readonly SpokenPiece[], isAll: boolean, limits: CueLimits): number {
  const { maxLineChars, maxLines } = limits;
  const fitting = countFitting(pieces, limits);
  if (isAll && fitting >= pieces.length) return pieces.length;
  const fullChars = lineOf(pieces.slice(0, fitting)).length;
  const allChars = lineOf(pieces).length;
  const isLastCut = isAll && allChars < 2 * fullChars;
  const wantedChars = isLastCut ? allChars / 2 : fullChars;
  let best = { count: fitting, cost: Number.POSITIVE_INFINITY };
  for (let count = fitting; count >= 1; count -= 1) {
    if (isLastCut && countLines(pieces.slice(count), maxLineChars) > maxLines) break;
    const chars = lineOf(pieces.slice(0, count)).length;
    const cost = Math.abs(chars - wantedChars) / (maxLineChars * maxLines) + costOfCut(pieces, count);
    if (cost < best.cost) best = { count, cost };
  }
  return best.count;
}

/** How many pieces fit into one cue; one that is too long by itself counts as fitting. */
function countFitting(pieces: readonly SpokenPiece[], { maxLineChars, maxLines }: CueLimits): number {
  let count = 1;
  while (count < pieces.length && countLines(pieces.slice(0, count + 1), maxLineChars) <= maxLines) count += 1;
  return count;
}

function costOfCut(pieces: readonly SpokenPiece[], count: number): number {
  const [first] = pieces;
  const last = pieces[count - 1];
  const next = pieces[count];
  if (!first || !last || !next) return 0;
  const cost = next.atMs - first.atMs < MIN_SHOWN_MS ? 1 : 0;
  if (ENDS_CLAUSE.test(last.text)) return cost - 0.35;
  return HAS_COMMA.test(last.text) ? cost - 0.25 : cost;
}
