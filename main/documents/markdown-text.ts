import type { Nodes, Parent, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/**
 * The readable text of a piece of Markdown (CommonMark with GitHub's additions): what a person would read out. Blocks
 * are separated by blank lines, list items and table rows stand on lines of their own. What begins before `fromOffset`
 * is parsed and not put out: definitions that the piece refers to.
 *
 * Blocks; the time grows faster than the size, so callers cut (see `strip-markdown.ts`). Throws what the parser throws.
 */
export function markdownToText(markdown: string, fromOffset = 0): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const own = tree.children.filter((node) => (node.position?.start.offset ?? 0) >= fromOffset);
  return joinBlocks(own.map(blockText), '\n\n');
}

function blockText(node: RootContent): string {
  switch (node.type) {
    case 'heading':
    case 'paragraph':
      return inlineText(node.children);
    case 'code':
      return node.value;
    case 'html':
      return htmlText(node.value);
    case 'list': {
      const items = node.children.map((item, index) => {
        const text = joinBlocks(item.children.map(blockText), item.spread ? '\n\n' : '\n');
        // An empty item has nothing to say, and its number alone would be read.
        return node.ordered && text !== '' ? `${(node.start ?? 1) + index}. ${text}` : text;
      });
      const isLoose = node.spread || node.children.some((item) => item.spread);
      return joinBlocks(items, isLoose ? '\n\n' : '\n');
    }
    case 'table':
      return joinBlocks(
        node.children.map((row) =>
          joinBlocks(
            row.children.map((cell) => inlineText(cell.children)),
            ', ',
          ),
        ),
        '\n',
      );
    case 'blockquote':
    case 'footnoteDefinition':
      return joinBlocks(node.children.map(blockText), '\n\n');
    default:
      return ''; // thematic breaks and definitions are silent; phrasing content is never among blocks
  }
}

function joinBlocks(texts: readonly string[], separator: string): string {
  return texts.filter((text) => text !== '').join(separator);
}

/** Walks with its own stack: emphasis can be nested as deep as a text is long. */
function inlineText(children: readonly PhrasingContent[]): string {
  let text = '';
  const waiting: Nodes[] = [...children].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    text += ownText(node);
    if ('children' in node) {
      const inner: Parent['children'] = node.children;
      for (let i = inner.length - 1; i >= 0; i--) waiting.push(inner[i] as Nodes);
    }
  }
  return text.replace(/ *\n */g, '\n').trim();
}

function ownText(node: Nodes): string {
  switch (node.type) {
    case 'text':
      return joinSoftBreaks(node.value);
    case 'inlineCode':
      return node.value;
    case 'break':
      return '\n';
    case 'image':
    case 'imageReference':
      return node.alt ?? '';
    case 'html':
      return /^<br\b/i.test(node.value) ? '\n' : '';
    default:
      return '';
  }
}

const CJK = String.raw`[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\u3000-\u303f\uff00-\uffef]`;
const BREAK_IN_CJK = new RegExp(String.raw`(?<=${CJK})\n(?=${CJK})`, 'gu');

/** A line end inside a paragraph is a space, and nothing where words are not separated by spaces. */
function joinSoftBreaks(text: string): string {
  return text.includes('\n') ? text.replace(BREAK_IN_CJK, '').replaceAll('\n', ' ') : text;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The text between the tags of a block of HTML, which Markdown leaves as it is. */
function htmlText(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<[/!?a-z][^>]*>?/gi, '')
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_entity, name: string) => ENTITIES[name] ?? '')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
