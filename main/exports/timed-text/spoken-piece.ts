/** The least that is never torn: a word with the punctuation that hangs on it. */
export interface SpokenPiece {
  /** Not empty; white space and control characters are single blanks. */
  readonly text: string;
  /** When its first sound is heard. */
  readonly atMs: number;
  /** White space comes before it, or it is the first of all. */
  readonly isApart: boolean;
  readonly startsSentence: boolean;
}

/** Pieces as one line. */
export function lineOf(pieces: readonly SpokenPiece[]): string {
  return pieces.map(({ text, isApart }, index) => (isApart && index > 0 ? ` ${text}` : text)).join('');
}
