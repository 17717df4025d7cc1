import { type Heading, headingOf, isTitle } from './chapter-heading.ts';

export interface Chapter {
  /** Where its heading starts, in UTF-16 units of the text. */
  readonly charIndex: number;
  /** 200 UTF-16 units at most, on one line. */
  readonly title: string;
}

const MAX_TITLE_CHARS = 200;

interface Line {
  readonly charIndex: number;
  /** Without white space around it, single blanks in it. */
  readonly line: string;
}

interface Found extends Heading {
  readonly charIndex: number;
  /** Whether anything is said before the next heading. */
  hasBody: boolean;
}

/**
 * The chapters of a plain text, by headings such as `Chapter 1`, `CHAPTER IV. The Storm`, `Erstes Kapitel`, `Глава 3`,
 * `第1章`, `Part One` and `Prologue`, each on a line of its own. Rather misses a heading than takes a sentence for one;
 * a table of contents has none. A title on the next line is joined, and so is a part with its first chapter. What
 * comes before the first heading is in no chapter. Empty for a text without headings.
 */
export function chaptersOf(text: string): Chapter[] {
  return withoutContents(findHeadings(text)).map((found) => ({
    charIndex: found.charIndex,
    title: clip(nameOf(found)),
  }));
}

function findHeadings(text: string): Found[] {
  const found: Found[] = [];
  const lines = lookAhead(linesOf(text));
  let before = '';
  for (let next = lines.take(); next; next = lines.take()) {
    const heading = headingOf(next.line);
    if (heading && standsAlone(heading, before, lines.peek(0))) {
      const below = heading.title === '' ? countToTitle(lines.peek) : 0;
      const title = below === 0 ? heading.title : (lines.peek(below - 1) ?? '');
      for (let taken = 0; taken < below; taken += 1) lines.take();
      found.push({ ...heading, title, charIndex: next.charIndex, hasBody: false });
    } else if (next.line !== '') {
      const last = found.at(-1);
      if (last) last.hasBody = true;
    }
    before = next.line;
  }
  return found;
}

/** A bare number needs room above it or the end of a sentence; a title could be a line of a paragraph, so room on both sides. */
function standsAlone({ title }: Heading, before: string, after: string | undefined): boolean {
  if (title === '')
    return before === '' || /[.!?…。！？:]["'\p{Pf}\p{Pe}]*$/u.test(before) || headingOf(before) !== null;
  const isRoomAfter = after === undefined || after === '' || headingOf(after) !== null;
  return isRoomAfter && (before === '' || headingOf(before) !== null);
}

/** How many lines there are to the end of the title below a heading; 0 when there is none. */
function countToTitle(peek: (distance: number) => string | undefined): number {
  const isAfterBlank = peek(0) === '';
  const at = isAfterBlank ? 1 : 0;
  const line = peek(at) ?? '';
  if (!isTitle(line) || headingOf(line) || (peek(at + 1) ?? '') !== '') return 0;
  // Below a blank line it may be the first paragraph, a short one, unless it is in capitals.
  if (isAfterBlank && (line !== line.toUpperCase() || line === line.toLowerCase())) return 0;
  return at + 1;
}

/** Headings with nothing below them are a table of contents; a part goes with its first chapter. */
function withoutContents(headings: readonly Found[]): Found[] {
  const kept: Found[] = [];
  let part: Found | null = null;
  for (const heading of headings) {
    if (heading.hasBody && part && heading.level === 'chapter') {
      kept.push({ ...heading, charIndex: part.charIndex, label: `${nameOf(part)} – ${heading.label}` });
    } else if (heading.hasBody) {
      kept.push(heading);
    }
    part = !heading.hasBody && heading.level === 'part' ? heading : null;
  }
  return kept;
}

function clip(title: string): string {
  const cut = title.slice(0, MAX_TITLE_CHARS);
  return cut.replace(/[\ud800-\udbff]$/u, '').trim();
}

function nameOf({ label, title }: Heading): string {
  return title === '' ? label : `${label}: ${title}`;
}

function* linesOf(text: string): Generator<Line, undefined> {
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    // A paragraph on one line can be a book: no heading is that long.
    const raw = text.slice(start, Math.min(end, start + 1_000));
    const blank = /^[\s\p{Cc}]*/u.exec(raw)?.[0].length ?? 0;
    yield { charIndex: start + blank, line: raw.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim() };
    start = end + 1;
  }
}

function lookAhead(lines: Generator<Line, undefined>): {
  take(): Line | undefined;
  peek(distance: number): string | undefined;
} {
  const ahead: Line[] = [];
  const fill = (count: number): void => {
    while (ahead.length < count) {
      const { value } = lines.next();
      if (!value) return;
      ahead.push(value);
    }
  };
  return {
    take: () => {
      fill(1);
      return ahead.shift();
    },
    peek: (distance) => {
      fill(distance + 1);
      return ahead[distance]?.line;
    },
  };
}
