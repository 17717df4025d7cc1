import { lineOf, type SpokenPiece } from './spoken-piece.ts';

/**
 * Pieces in as few lines as `maxLineChars` allows, of about one length: a line with a single word below a full one is
 * harder to read. A piece that is longer has a line of its own.
 */
export function breakLines(pieces: readonly SpokenPiece[], maxLineChars: number): string[] {
  const lines = fill(pieces, maxLineChars);
  let least = Math.ceil(lineOf(pieces).length / lines.length);
  for (; least < maxLineChars; least += 1) {
    const even = fill(pieces, least);
    if (even.length === lines.length && even.every((line) => line.length <= maxLineChars)) return even;
  }
  return lines;
}

/** Each line is filled before the next is begun. */
function fill(pieces: readonly SpokenPiece[], maxChars: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const { text, isApart } of pieces) {
    const longer = line === '' ? text : line + (isApart ? ' ' : '') + text;
    if (longer.length <= maxChars || line === '') {
      line = longer;
    } else {
      lines.push(line);
      line = text;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** How many lines the pieces take. */
export function countLines(pieces: readonly SpokenPiece[], maxLineChars: number): number {
  return fill(pieces, maxLineChars).length;
}
