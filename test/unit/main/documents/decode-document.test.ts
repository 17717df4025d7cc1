import { describe, expect, test } from 'vitest';
import { decodeDocumentSync } from '../../../../main/documents/decode-document.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { Document, MAX_DOCUMENT_BYTES } from '../../../../protocol/model/document.ts';
import { MAX_TEXT_CHARS } from '../../../../protocol/model/text-range.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function reasonOf(decode: () => unknown): unknown {
  try {
    decode();
  } catch (error) {
    return error instanceof AsideError ? { ...error.details, hasRemedy: error.remedy !== '' } : error;
  }
  return 'none';
}

test('a text keeps what looks like markup', () => {
  expect(decodeDocumentSync('a.txt', utf8('# *Not* Markdown'))).toEqual({
    name: 'a.txt',
    text: '# *Not* Markdown',
    format: 'text',
    encoding: 'UTF-8',
  });
});

test.each(['a.md', 'A.MD', 'notes.markdown', 'x.y.mdown'])('%s loses its markup', (name) => {
  expect(decodeDocumentSync(name, utf8('# *Some*\r\nMarkdown'))).toEqual({
    name,
    text: 'Some\n\nMarkdown',
    format: 'markdown',
    encoding: 'UTF-8',
  });
});

test.each(['md', 'a.md.txt', 'readme', 'a.mdx'])('%s is plain text', (name) => {
  expect(decodeDocumentSync(name, utf8('# x')).format).toBe('text');
});

test('an empty file is an empty document', () => {
  expect(decodeDocumentSync('a.md', new Uint8Array()).text).toBe('');
});

test('a name that is too long for the wire keeps its end, with the extension', () => {
  const { name } = Document.parse(decodeDocumentSync(`${'n'.repeat(3_000)}.txt`, utf8('x')));
  expect(name.endsWith('n.txt')).toBe(true);
});

describe('limits', () => {
  test('one byte more than allowed is refused before it is looked at', () => {
    const reason = reasonOf(() => decodeDocumentSync('a.txt', new Uint8Array(MAX_DOCUMENT_BYTES + 1)));
    expect(reason).toEqual({ path: 'a.txt', reason: 'too-large', hasRemedy: true });
  });

  test('one character more than allowed is refused', () => {
    const reason = reasonOf(() => decodeDocumentSync('a.txt', Buffer.alloc(MAX_TEXT_CHARS + 1, 'a')));
    expect(reason).toEqual({ path: 'a.txt', reason: 'too-long', hasRemedy: true });
  });

  test('as many characters as allowed are taken', () => {
    expect(decodeDocumentSync('a.txt', Buffer.alloc(MAX_TEXT_CHARS, 'a')).text).toHaveLength(MAX_TEXT_CHARS);
  });
});

test('a file with more markup than Aside takes out says so', () => {
  const document = decodeDocumentSync('a.md', utf8(`*short*\n\n${'['.repeat(200_000)}\n\n*end*`));
  expect(document.text.startsWith('short\n\n[')).toBe(true);
  expect(document.text.endsWith('[\n*end*')).toBe(true);
  expect(document.keepsMarkup).toBe(true);
  expect(decodeDocumentSync('a.md', utf8('*short*'))).not.toHaveProperty('keepsMarkup');
});
