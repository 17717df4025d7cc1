/** A word or sentence of a text; positions in UTF-16 units. */
export interface Piece {
  readonly kind: 'word' | 'sentence';
  readonly charIndex: number;
  readonly charLength: number;
}

// Named, so that the same text has the same words on every machine.
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
const words = new Intl.Segmenter('en', { granularity: 'word' });
const pictograph = /\p{Extended_Pictographic}/u;

/** Each sentence that has words, then its words, in order. */
export function* pieces(text: string): Generator<Piece> {
  for (const { segment, index } of sentences.segment(text)) {
    const found = [...words.segment(segment)].filter((word) => word.isWordLike || pictograph.test(word.segment));
    if (found.length === 0) continue;
    const lead = segment.length - segment.trimStart().length;
    yield { kind: 'sentence', charIndex: index + lead, charLength: segment.trim().length };
    for (const word of found) {
      yield { kind: 'word', charIndex: index + word.index, charLength: word.segment.length };
    }
  }
}
