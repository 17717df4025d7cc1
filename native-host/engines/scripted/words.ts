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

/** How much text is segmented in one go, also the longest sentence: each step of `Intl.Segmenter` costs its whole text. */
const WINDOW_CHARS = 2_000;

/** Each sentence that has words, then its words, in order. */
export function* pieces(text: string): Generator<Piece> {
  for (let start = 0; start < text.length; ) {
    const sentence = sentenceAt(text, start);
    yield* piecesOfSentence(sentence, start);
    start += sentence.length;
  }
}

function sentenceAt(text: string, start: number): string {
  const window = text.slice(start, start + WINDOW_CHARS);
  const [first] = sentences.segment(window);
  const sentence = first?.segment ?? window;
  const isCutOff = sentence.length === window.length && start + window.length < text.length;
  return isCutOff ? untilLastGap(window) : sentence;
}

/** Cut behind its last white space; with none, at least not through a surrogate pair. */
function untilLastGap(window: string): string {
  const gap = window.search(/\s\S*$/u);
  if (gap !== -1) return window.slice(0, gap + 1);
  return /[\uD800-\uDBFF]$/u.test(window) ? window.slice(0, -1) : window;
}

function* piecesOfSentence(sentence: string, start: number): Generator<Piece> {
  const found = [...words.segment(sentence)].filter((word) => word.isWordLike || pictograph.test(word.segment));
  if (found.length === 0) return;
  const lead = sentence.length - sentence.trimStart().length;
  yield { kind: 'sentence', charIndex: start + lead, charLength: sentence.trim().length };
  for (const word of found) yield { kind: 'word', charIndex: start + word.index, charLength: word.segment.length };
}
