import { AsideError } from '../../protocol/errors.ts';
import { type Document, MAX_DOCUMENT_BYTES } from '../../protocol/model/document.ts';
import { MAX_TEXT_CHARS } from '../../protocol/model/text-range.ts';
import { decodeText } from './decode-text.ts';
import { MAX_WORK } from './markdown-work.ts';
import { stripMarkdown } from './strip-markdown.ts';

const MARKDOWN_NAME = /\.(?:md|markdown|mdown)$/i;
const MAX_NAME_CHARS = 1_000;
const SPLIT_IT = 'Split it into smaller files.';

/** Files of this name have markup to strip. */
export function isMarkdownName(name: string): boolean {
  return MARKDOWN_NAME.test(name);
}

/**
 * Turns the bytes of a file called `name` into a document. An empty file is an empty text. Throws `file` with reason
 * `not-text`, `too-large` (bytes) or `too-long` (characters).
 *
 * Markup that would take more than `maxMarkdownWork` stays, as `stripMarkdown` says. Pure, and blocks: some 10 ms a megabyte of text, 1 to 6 s a megabyte of Markdown. `decodeDocument` in read-document.ts does not block.
 */
export function decodeDocumentSync(name: string, bytes: Uint8Array, maxMarkdownWork = MAX_WORK): Document {
  if (bytes.byteLength > MAX_DOCUMENT_BYTES) throw tooLarge(name, bytes.byteLength);
  const decoded = decodeText(name, bytes);
  const format = isMarkdownName(name) ? 'markdown' : 'text';
  const { text, keepsMarkup } =
    format === 'markdown'
      ? stripMarkdown(decoded.text.replaceAll('\r\n', '\n'), maxMarkdownWork)
      : { text: decoded.text, keepsMarkup: false };
  if (text.length > MAX_TEXT_CHARS) throw tooLong(name, text.length);
  const document = { name: name.slice(-MAX_NAME_CHARS), text, format, encoding: decoded.encoding } as const;
  return keepsMarkup ? { ...document, keepsMarkup } : document;
}

export function tooLarge(name: string, sizeBytes: number): AsideError<'file'> {
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`;
  return new AsideError(
    'file',
    `“${name}” is too large: ${megabytes(sizeBytes)}, where ${megabytes(MAX_DOCUMENT_BYTES)} is the most`,
    { details: { path: name, reason: 'too-large' }, remedy: SPLIT_IT },
  );
}

function tooLong(name: string, chars: number): AsideError<'file'> {
  return new AsideError('file', `“${name}” is too long: ${chars} characters, where ${MAX_TEXT_CHARS} is the most`, {
    details: { path: name, reason: 'too-long' },
    remedy: SPLIT_IT,
  });
}
