import { type Document, MAX_DOCUMENT_BYTES } from '../../protocol/model/document.ts';
import { decodeText } from './decode-text.ts';
import { MAX_WORK } from './markdown-work.ts';
import { isMarkdownName, newDocument, tooLarge } from './new-document.ts';
import { stripMarkdown } from './strip-markdown.ts';

/**
 * Turns the bytes of a file called `name` into a document. An empty file is an empty text. Throws `file` with reason
 * `not-text`, `too-large` (bytes) or `too-long` (characters).
 *
 * Markup that would take more than `maxMarkdownWork` stays, as `stripMarkdown` says. Pure, and blocks: some 10 ms a megabyte of text, 1 to 6 s a megabyte of Markdown. `decodeDocument` in read-document.ts does not block.
 */
export function decodeDocumentSync(name: string, bytes: Uint8Array, maxMarkdownWork = MAX_WORK): Document {
  if (bytes.byteLength > MAX_DOCUMENT_BYTES) throw tooLarge(name, bytes.byteLength);
  const { text, encoding } = decodeText(name, bytes);
  if (!isMarkdownName(name)) return newDocument(name, { text, format: 'text', encoding });
  const stripped = stripMarkdown(text.replaceAll('\r\n', '\n'), maxMarkdownWork);
  return newDocument(name, {
    text: stripped.text,
    format: 'markdown',
    encoding,
    ...(stripped.keepsMarkup && { keepsMarkup: true }),
  });
}
