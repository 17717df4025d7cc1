/** What may open or close something; the parser compares many of them with many. */
const MARKS = /[*_~[\]]|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]/gm;
/** The line below a heading: each is worked through with all that come before it. */
const UNDERLINES = /^ {0,3}(?:=+|-+)[ \t]*$/gm;
const MARKS_PER_UNDERLINE = 3;

/** So many marks, each compared with each, are as much work as one character. */
const PAIRS_PER_CHAR = 300;

/** A line may be a block of its own. */
const LINES = /\n/g;
const CHARS_PER_LINE = 10;

/** Cells of tables, and where links lead. */
const PARTS = /\||\]\(/g;
const CHARS_PER_PART = 6;

/** Any book: some 8 MB of Markdown as people write it, less where it is nothing but marks. */
export const MAX_WORK = 9_000_000;

/**
 * About how much work it is to parse a piece of Markdown, in characters of text as people write it. Measured with 16
 * thousand characters each of prose, of tables, of headings, of lists, of links, and of `*a_` without end: 2 to 8 µs a
 * character on a busy machine.
 */
export function workOf(markdown: string): number {
  const marks = count(markdown, MARKS) + MARKS_PER_UNDERLINE * count(markdown, UNDERLINES);
  const more = CHARS_PER_LINE * count(markdown, LINES) + CHARS_PER_PART * count(markdown, PARTS);
  return markdown.length + more + marks ** 2 / PAIRS_PER_CHAR;
}

function count(text: string, pattern: RegExp): number {
  let times = 0;
  for (const _ of text.matchAll(pattern)) times += 1;
  return times;
}
