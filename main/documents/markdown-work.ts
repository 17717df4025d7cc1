/** What may open or close something; the parser compares many of them with many. */
const MARKS = /[*_~[]|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]/gm;

/** So many marks, each compared with each, are as much work as one character. */
const PAIRS_PER_CHAR = 300;

/** Any book: some 8 MB of Markdown as people write it, less where it is nothing but marks. */
export const MAX_WORK = 8_000_000;

/**
 * About how much work it is to parse a piece of Markdown, in characters of text as people write it: those take a
 * microsecond or some. Measured with 16 thousand characters: prose 0.1 s, `*a_` without end 2.5 s.
 */
export function workOf(markdown: string): number {
  let marks = 0;
  for (const _ of markdown.matchAll(MARKS)) marks += 1;
  return markdown.length + marks ** 2 / PAIRS_PER_CHAR;
}
