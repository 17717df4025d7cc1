import { cutMarkdown, type MarkdownPiece } from './markdown-pieces.ts';
import { markdownToText } from './markdown-text.ts';
import { MAX_WORK, workOf } from './markdown-work.ts';

/** YAML between `---` lines, or TOML between `+++`, at the very start. */
const FRONT_MATTER =
  /^(?:---[ \t]*\n(?=[^\n]*:)[\s\S]*?\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(?=[^\n]*=)[\s\S]*?\n\+\+\+)[ \t]*(?:\n|$)/;

/** Nothing real nests fifty quotes and lists in one line; the parser would need minutes for thousands. */
const ABSURD_NESTING = /^[ \t]*(?:>[ \t]?|[-+*][ \t]+|\d{1,9}[.)][ \t]+){50,}/gm;

const DEFINITION = /^ {0,3}\[([^[\]\n]{1,200})\]:[ \t]*\S/gm;
const LABEL = /\[([^[\]\n]{1,200})\]/g;

export interface StrippedText {
  readonly text: string;
  /** Some markup is still in it. */
  readonly keepsMarkup: boolean;
}

/**
 * Turns Markdown into the text that is read aloud: markup, front matter, link targets and HTML tags are gone; words,
 * code, alternative texts of images and numbers of ordered lists stay. `markdown` has `\n` line ends only.
 *
 * What takes too much work stays as it is (`maxWork`, as in `workOf`), and so does a piece that the parser cannot take.
 * The text depends on nothing but `markdown`, never on how busy the machine is: an export that goes on has to find it
 * as it was. Never throws. Blocks, for 1 to 6 s a megabyte.
 */
export function stripMarkdown(markdown: string, maxWork = MAX_WORK): StrippedText {
  const body = markdown.replace(FRONT_MATTER, '').replace(ABSURD_NESTING, '');
  const labels = new Set(Array.from(body.matchAll(DEFINITION), ([, label]) => normalizeLabel(label)));
  let work = 0;
  let text = '';
  let keepsMarkup = false;
  let wasSilent = false;
  for (const piece of cutMarkdown(body)) {
    work += workOf(piece.markdown);
    const parsed = work <= maxWork ? pieceToText(piece, labels) : null;
    const pieceText = parsed ?? piece.markdown.trim();
    keepsMarkup ||= parsed === null;
    const separator = wasSilent ? '\n\n' : piece.separator;
    wasSilent = pieceText === '';
    if (pieceText !== '') text += (text === '' ? '' : separator) + pieceText;
  }
  return { text, keepsMarkup };
}

/** null: nesting too deep for the parser's stack, or a defect of it. Markup is better than silence. */
function pieceToText({ markdown }: MarkdownPiece, labels: ReadonlySet<string>): string | null {
  const definitions = usedDefinitions(markdown, labels);
  try {
    return markdownToText(definitions + markdown, definitions.length);
  } catch {
    return null;
  }
}

/** A link by reference is one only if it is defined in what is parsed; where it leads does not matter here. */
function usedDefinitions(markdown: string, labels: ReadonlySet<string>): string {
  if (labels.size === 0) return '';
  const used = new Set(Array.from(markdown.matchAll(LABEL), ([, label]) => normalizeLabel(label)));
  const definitions = [...used].filter((label) => labels.has(label)).map((label) => `[${label}]: x\n\n`);
  return definitions.join('');
}

function normalizeLabel(label = ''): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}
