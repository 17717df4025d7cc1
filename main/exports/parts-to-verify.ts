import type { JoinedPiece } from './journal.ts';

/** What one call reads of a file, about: tens of milliseconds of work. */
export const VERIFY_BYTES = 16 * 1024 * 1024;

/** Additions that lie one behind the other. */
export interface PartToVerify {
  readonly startBytes: number;
  readonly pieces: JoinedPiece['added'];
}

/** Cuts what was added to a file, from `startBytes` on, into parts that several hosts read at a time. */
export function partsToVerify(startBytes: number, added: JoinedPiece['added']): PartToVerify[] {
  const parts: PartToVerify[] = [];
  let at = startBytes;
  let partBytes = 0;
  for (const piece of added) {
    const part = parts.at(-1);
    if (part && partBytes < VERIFY_BYTES) part.pieces.push(piece);
    else {
      parts.push({ startBytes: at, pieces: [piece] });
      partBytes = 0;
    }
    partBytes += piece.bytes;
    at += piece.bytes;
  }
  return parts;
}
