import { cutMarkdown, type MarkdownPiece } from './markdown-pieces.ts';
import { markdownToText } from './markdown-text.ts';

/** YAML between `---` lines, or TOML between `+++`, at the very start. */
const FRONT_MATTER =
  /^(?:---[ \t]*\n(?=[^\n]*:)[\s\S]*?\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(?=[^\n]*=)[\s\S]*?\n\+\+\+)[ \t]*(?:\n|$)/;

/** Nothing real nests fifty quotes and lists in one line; the parser would need minutes for thousands. */
const ABSURD_NESTING = /^[ \t]*(?:>[ \t]?|[-+*][ \t]+|\d{1,9}[.)][ \t]+){50,}/gm;

const DEFINITION = /^ {0,3}\[([^[\]\n]{1,200})\]:[ \t]*\S/gm;
const LABEL = /\[([^[\]\n]{1,200})\]/g;

/** Parsing a document never takes much longer; what is left then stays as it is. */
const MAX_PARSING_MS = 20_000;

/**
 * Turns Markdown into the text that is read aloud: markup, front matter, link targets and HTML tags are gone; words,
 * code, alternative texts of images and numbers of ordered lists stay. `markdown` has `\n` line ends only.
 *
 * Never throws: a piece that the parser cannot take stays as it is. Blocks, for 1 to 6 s a megabyte.
 */
export function stripMarkdown(markdown: string, now: () => number = () => performance.now()): string {
  const body = markdown.replace(FRONT_MATTER, '').replace(ABSURD_NESTING, '');
  const labels = new Set(Array.from(body.matchAll(DEFINITION), ([, label]) => normalizeLabel(label)));
  const deadlineMs = now() + MAX_PARSING_MS;
  let text = '';
  let wasSilent = false;
  for (const piece of cutMarkdown(body)) {
    const pieceText = now() < deadlineMs ? pieceToText(piece, labels) : piece.markdown.trim();
    const separator = wasSilent ? '\n\n' : piece.separator;
    wasSilent = pieceText === '';
    if (pieceText !== '') text += (text === '' ? '' : separator) + pieceText;
  }
  return text;
}

function pieceToText({ markdown }: MarkdownPiece, labels: ReadonlySet<string>): string {
  const definitions = usedDefinitions(markdown, labels);
  try {
    return markdownToText(definitions + markdown, definitions.length);
  } catch {
    return markdown.trim(); // nesting too deep for the parser's stack, or a defect of it: markup is better than silence
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
