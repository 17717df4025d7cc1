// Named, so that the same text has the same words on every machine.
const words = new Intl.Segmenter('en', { granularity: 'word' });
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Segmenting takes time by the length of the whole string that is asked about, so only a stretch of the text is. */
const MAX_WORD_REACH = 256;
const MAX_SENTENCE_CHARS = 2_000;

const SPACE = /\s/;
const WRAPPED_LINE = /\r?\n(?![\r\n])/g;
/** Some engines tell of the first part of a hyphenated word only. */
const HYPHENATED_REST = /(?:-[\p{L}\p{M}\p{N}'’]+)+/uy;

/** Letters that are a word to every rule of Unicode, as nearly all are in some languages: no need to look further. */
const PLAIN_WORD = /[A-Za-z]{1,256}(?=[\s,;!?)-]|[.:](?:\s|$)|$)/y;

/** `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Token extends Span {
  readonly isWord: boolean;
}

/**
 * Finds the words and sentences of one text that an engine's rough places are about. A word is widened to whole words as
 * Unicode defines them, and a place that starts inside the last word or before it is none: each word comes once, in order.
 */
export class TextLocator {
  readonly #text: string;
  #wordEnd = 0;
  #sentenceStart = -1;

  /** `text` is well-formed. */
  constructor(text: string) {
    this.#text = text;
  }

  /**
   * The words that `text.slice(roughStart, roughEnd)` touches; with nothing between the two, the one that is there.
   */
  word(roughStart: number, roughEnd: number): Span | undefined {
    if (roughStart < this.#wordEnd) return undefined;
    const start = this.#skipSpace(roughStart, roughEnd);
    let last = roughEnd - 1;
    while (last > start && SPACE.test(this.#text.charAt(last))) last -= 1;
    const token = this.#tokenAt(start);
    if (!token || (start >= roughEnd && !token.isWord)) return undefined;
    const end = last < token.end ? token.end : (this.#tokenAt(last)?.end ?? token.end);
    this.#wordEnd = token.isWord ? this.#withHyphenatedRest(end) : end;
    return { start: token.start, end: this.#wordEnd };
  }

  /** The sentence that begins at the first character from `roughStart` on; undefined when it has been found before. */
  sentence(roughStart: number): Span | undefined {
    const start = this.#skipSpace(roughStart, this.#text.length);
    if (start <= this.#sentenceStart || start >= this.#text.length) return undefined;
    this.#sentenceStart = start;
    const window = this.#text.slice(start, this.#snap(start + MAX_SENTENCE_CHARS));
    const unwrapped = window.replace(WRAPPED_LINE, (lineEnd) => ' '.repeat(lineEnd.length));
    const sentence = sentences.segment(unwrapped).containing(0)?.segment ?? '';
    return { start, end: start + sentence.trimEnd().length };
  }

  #skipSpace(start: number, end: number): number {
    let index = start;
    while (index < end && SPACE.test(this.#text.charAt(index))) index += 1;
    return index;
  }

  /** The word or other piece of the text that `index` is in, not reaching into the last boundary; none at a space. */
  #tokenAt(index: number): Token | undefined {
    const from = Math.max(this.#wordEnd, index - MAX_WORD_REACH);
    const plainEnd = this.#plainWordEnd(index, from);
    if (plainEnd !== null) return { start: index, end: plainEnd, isWord: true };
    const to = index + MAX_WORD_REACH;
    let runStart = index;
    while (runStart > from && !SPACE.test(this.#text.charAt(runStart - 1))) runStart -= 1;
    let runEnd = index;
    while (runEnd < to && runEnd < this.#text.length && !SPACE.test(this.#text.charAt(runEnd))) runEnd += 1;
    runStart = this.#snap(runStart);
    const token = words.segment(this.#text.slice(runStart, this.#snap(runEnd))).containing(index - runStart);
    if (!token) return undefined;
    const start = runStart + token.index;
    return { start, end: start + token.segment.length, isWord: token.isWordLike ?? false };
  }

  /** Where the plain word ends that begins at `index`; null where there is none, or none so plain. */
  #plainWordEnd(index: number, from: number): number | null {
    if (index !== from && !SPACE.test(this.#text.charAt(index - 1))) return null;
    PLAIN_WORD.lastIndex = index;
    return PLAIN_WORD.test(this.#text) ? PLAIN_WORD.lastIndex : null;
  }

  #withHyphenatedRest(end: number): number {
    HYPHENATED_REST.lastIndex = end;
    return HYPHENATED_REST.test(this.#text) ? HYPHENATED_REST.lastIndex : end;
  }

  /** An index that is not inside a surrogate pair: `index` or the one before. */
  #snap(index: number): number {
    return (this.#text.charCodeAt(index) & 0xfc00) === 0xdc00 ? index - 1 : index;
  }
}
