/** A stretch of a Markdown document that can be parsed by itself. */
export interface MarkdownPiece {
  readonly markdown: string;
  /** What stands between its text and that of the piece before. */
  readonly separator: '\n\n' | '\n' | ' ' | '';
}

/** A piece ends at the first good place after this many characters … */
const WANTED_CHARS = 8 * 1024;
/** … and at any line end after this many; also what is cut off a longer line. */
const MAX_CHARS = 16 * 1024;

const BLANK = /^[ \t]*$/;
/** A line that continues nothing: no indentation (list content), no quote, no list item. */
const BEGINS_BLOCK = /^(?![ \t>]|[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$))/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const COMMENT = /^ {0,3}<!--/;

/**
 * Cuts a document between blocks, because the parser's time grows with the square of what it gets in one go. Cuts are
 * at blank lines outside fenced code and comments, before a line that can continue no list. A single block longer than
 * `MAX_CHARS` is cut all the same, at a line end or else at a space; fenced code and comments are opened again.
 */
export function* cutMarkdown(markdown: string): Generator<MarkdownPiece> {
  const watch = createBlockWatch();
  let start = 0;
  let opening = '';
  let separator: MarkdownPiece['separator'] = '\n\n';
  let wasBlank = false;
  for (const { from, line } of linesOf(markdown)) {
    const open = watch.openBlock();
    const isGoodPlace = open === '' && wasBlank && BEGINS_BLOCK.test(line);
    const length = from - start;
    if (length >= MAX_CHARS || (isGoodPlace && length >= WANTED_CHARS)) {
      yield* cutLine(opening + markdown.slice(start, from), separator);
      start = from;
      opening = open;
      separator = isGoodPlace ? '\n\n' : '\n';
    }
    watch.pass(line);
    wasBlank = BLANK.test(line);
  }
  yield* cutLine(opening + markdown.slice(start), separator);
}

function* linesOf(text: string): Generator<{ from: number; line: string }> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    yield { from, line: text.slice(from, to) };
    from = to + 1;
  }
}

/** A whole book on one line is real. */
function* cutLine(markdown: string, separator: MarkdownPiece['separator']): Generator<MarkdownPiece> {
  let rest = markdown;
  let before = separator;
  while (rest.length > 2 * MAX_CHARS) {
    const space = rest.lastIndexOf(' ', MAX_CHARS);
    const end = space > 0 ? space + 1 : MAX_CHARS;
    yield { markdown: rest.slice(0, end), separator: before };
    rest = rest.slice(end);
    before = space > 0 ? ' ' : '';
  }
  yield { markdown: rest, separator: before };
}

interface BlockWatch {
  pass(line: string): void;
  /** The line that opens again what is open after the lines so far; empty outside fenced code and comments. */
  openBlock(): string;
}

function createBlockWatch(): BlockWatch {
  let fence: string | undefined;
  let isComment = false;
  return {
    openBlock: () => (isComment ? '<!--\n' : fence === undefined ? '' : `${fence}\n`),
    pass: (line) => {
      const marker = FENCE.exec(line)?.[1];
      if (fence !== undefined) {
        if (marker?.startsWith(fence) && BLANK.test(line.trimStart().slice(marker.length))) fence = undefined;
      } else if (isComment || COMMENT.test(line)) {
        isComment = !line.includes('-->');
      } else {
        fence = marker;
      }
    },
  };
}
