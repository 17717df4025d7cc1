/**
 * The library copies an abbreviation and the word behind it into a buffer of 160 bytes without asking how long they are:
 * in 1.51, `U.S.A.` with 163 letters behind it ends the process with "stack smashing detected". It has more such
 * buffers and, depending on its version, more such holes. So nothing longer than this goes without a break.
 */
const MAX_WORD_BYTES = 144;

/**
 * As short as what can be too long. Spaces beside a full stop do not end it, since they do not end an abbreviation; the
 * punctuation does behind which the library always starts a new clause.
 */
const LONG_RUN = /(?:[^\s。、，！？；：「」『』（）《》【】]|\s(?=\s{0,8}\.)|(?<=\.\s{0,8})\s){17,}/g;

/** Zero-width space: ends a word silently, and an abbreviation, which a space does not. */
export const WORD_BREAK = '\u200b';

/** What parts addresses, paths and the like, and does not end a clause when a space follows. */
const UP_TO_SEPARATOR = /^.*[\p{S}\p{Pd}\p{Pc}/\\&#%@*]/su;
const words = new Intl.Segmenter('en', { granularity: 'word' });

export interface BrokenText {
  readonly text: string;
  /** Where word breaks were put: each in front of the UTF-16 unit that has this index in the text as it was. In order. */
  readonly breaks: readonly number[];
}

/** Puts breaks into words that are too long for the library: behind a separator, else between words, else anywhere. */
export function breakLongWords(text: string): BrokenText {
  const breaks: number[] = [];
  for (const { 0: run, index } of text.matchAll(LONG_RUN)) {
    for (let start = 0, end = reach(run, 0); end < run.length; end = reach(run, start)) {
      start += bestBreak(run.slice(start, end));
      breaks.push(index + start);
    }
  }
  const pieces = [0, ...breaks].map((start, piece) => text.slice(start, breaks[piece]));
  return { text: pieces.join(WORD_BREAK), breaks };
}

/** How far a word can go that starts at `start`. */
function reach(run: string, start: number): number {
  let bytes = 0;
  for (let index = start; index < run.length; ) {
    const codePoint = run.codePointAt(index) ?? 0;
    bytes += bytesInBuffer(codePoint);
    if (bytes > MAX_WORD_BYTES) return index;
    index += codePoint > 0xffff ? 2 : 1;
  }
  return run.length;
}

/**
 * What a character can become in the library, in bytes of UTF-8: one of the alphabets with up to 2 bytes may be replaced
 * by two letters (`x` by `ks` in Icelandic) or by one of another alphabet (Latin in Macedonian), and a Hangul syllable
 * is taken apart into three letters.
 */
function bytesInBuffer(codePoint: number): number {
  if (codePoint < 0x80) return 2;
  if (codePoint < 0x800) return 4;
  if (codePoint >= 0xac00 && codePoint <= 0xd7a3) return 9;
  return codePoint > 0xffff ? 4 : 3;
}

function bestBreak(piece: string): number {
  const behindSeparator = UP_TO_SEPARATOR.exec(piece)?.[0].length ?? 0;
  if (behindSeparator > piece.length / 2) return behindSeparator;
  return [...words.segment(piece)].at(-1)?.index || piece.length;
}
