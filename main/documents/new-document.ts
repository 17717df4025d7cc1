import { AsideError } from '../../protocol/errors.ts';
import { type Document, MAX_DOCUMENT_BYTES } from '../../protocol/model/document.ts';
import { MAX_TEXT_CHARS } from '../../protocol/model/text-range.ts';

const MARKDOWN_NAME = /\.(?:md|markdown|mdown)$/i;
const MAX_NAME_CHARS = 1_000;
const SPLIT_IT = 'Split it into smaller files.';

/** Files of this name have markup to strip. */
export function isMarkdownName(name: string): boolean {
  return MARKDOWN_NAME.test(name);
}

/** The document that a file called `name` is. Throws `file` with reason `too-long` (characters). */
export function newDocument(name: string, read: Omit<Document, 'name'>): Document {
  if (read.text.length > MAX_TEXT_CHARS) throw tooLong(name, read.text.length);
  return { name: name.slice(-MAX_NAME_CHARS), ...read };
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
