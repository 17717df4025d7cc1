/** A word that was announced, by where it is. */
export interface SpokenWord {
  readonly segment: number;
  /** UTF-16 index into the play's text. */
  readonly charIndex: number;
}

export interface WordDifference {
  /** Words of the undisturbed reading that were not announced. */
  readonly lost: number;
  /** Announcements beyond the first of the same word. */
  readonly repeated: number;
  /** Of those, the ones in segments that did not break. */
  readonly repeatedOutside: number;
}

/** Compares two readings of one text, of which the second lost its host in the segments named. */
export function compareWords(
  undisturbed: readonly SpokenWord[],
  disturbed: readonly SpokenWord[],
  brokenSegments: ReadonlySet<number>,
): WordDifference {
  const seen = new Set<number>();
  const repeats = disturbed.filter(({ charIndex }) => {
    const isRepeat = seen.has(charIndex);
    seen.add(charIndex);
    return isRepeat;
  });
  return {
    lost: undisturbed.filter(({ charIndex }) => !seen.has(charIndex)).length,
    repeated: repeats.length,
    repeatedOutside: repeats.filter(({ segment }) => !brokenSegments.has(segment)).length,
  };
}
