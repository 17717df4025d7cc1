/**
 * The library copies a word with an abbreviation in front into a buffer of 160 bytes without asking how long it is: in
 * 1.51, `U.S.A.` with 163 letters behind it ends the process with "stack smashing detected". It has more such buffers
 * and, depending on its version, more such holes. So nothing longer than this goes without a space.
 */
const MAX_WORD_BYTES = 144;

/** The library takes a Hangul syllable apart into three letters of three bytes. */
const HANGUL_SYLLABLE_BYTES = 9;
const isHangulSyllable = (codePoint: number): boolean => codePoint >= 0xac00 && codePoint <= 0xd7a3;

/** In some languages the library writes two letters for one. That counts where the hole is known to be. */
const MAX_REPLACED_BY = 2;
const ABBREVIATION = /(?<![\p{L}\p{M}])\p{L}\p{M}*\.[^\s.]/u;

/** As short as what can be too long; without the punctuation behind which the library always starts a new clause. */
const LONG_RUN = /[^\s。、，！？；：「」『』（）《》【】]{17,}/g;

const UP_TO_PUNCTUATION = /^.*[\p{P}\p{S}]/su;
const words = new Intl.Segmenter('en', { granularity: 'word' });

export interface BrokenText {
  readonly text: string;
  /** Where spaces were put: each in front of the UTF-16 unit that has this index in the text as it was. In order. */
  readonly breaks: readonly number[];
}

/** Puts a space into words that are too long for the library: behind punctuation, else between words, else anywhere. */
export function breakLongWords(text: string): BrokenText {
  const breaks: number[] = [];
  for (const { 0: run, index } of text.matchAll(LONG_RUN)) {
    const growth = ABBREVIATION.test(run) ? MAX_REPLACED_BY : 1;
    for (let start = 0, end = reach(run, 0, growth); end < run.length; end = reach(run, start, growth)) {
      start += bestBreak(run.slice(start, end));
      breaks.push(index + start);
    }
  }
  const pieces = [0, ...breaks].map((start, piece) => text.slice(start, breaks[piece]));
  return { text: pieces.join(' '), breaks };
}

/** How far a word can go that starts at `start`. */
function reach(run: string, start: number, growth: number): number {
  let bytes = 0;
  for (let index = start; index < run.length; ) {
    const codePoint = run.codePointAt(index) ?? 0;
    bytes += isHangulSyllable(codePoint) ? HANGUL_SYLLABLE_BYTES : growth * utf8Bytes(codePoint);
    if (bytes > MAX_WORD_BYTES) return index;
    index += codePoint > 0xffff ? 2 : 1;
  }
  return run.length;
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint > 0xffff ? 4 : 3;
}

function bestBreak(piece: string): number {
  const behindPunctuation = UP_TO_PUNCTUATION.exec(piece)?.[0].length ?? 0;
  if (behindPunctuation > piece.length / 2) return behindPunctuation;
  return [...words.segment(piece)].at(-1)?.index || piece.length;
}
