import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../../main/documents/decode-text.ts';
import { isAsideError } from '../../../../protocol/errors.ts';

/** Bytes that begin as a format does and go on as its content does: with everything. */
function file(opening: string, size = 4_096): Uint8Array {
  let state = 1;
  const bytes = Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  bytes.set(Buffer.from(opening, 'latin1'));
  return bytes;
}

function refusal(bytes: Uint8Array): { message: string; reason: string; remedy: string } {
  try {
    decodeText('x', bytes);
  } catch (error) {
    if (isAsideError(error, 'file')) {
      return { message: error.message, reason: error.details.reason, remedy: error.remedy };
    }
    throw error;
  }
  throw new Error('it was taken for text');
}

const ZIP = 'PK\x03\x04\x14\0\x06\0\x08\0';

describe('a file that is no text is refused by what it is', () => {
  test.each([
    ['a PDF document', file('%PDF-1.7\n')],
    ['a PDF document', Buffer.from('%PDF-1.4\n1 0 obj << /Type /Catalog >>\n')],
    ['a Rich Text document', Buffer.from('{\\rtf1\\ansi Hello}')],
    ['a Word document', file(`${ZIP}[Content_Types].xml … word/document.xml`)],
    ['an Excel workbook', file(`${ZIP}[Content_Types].xml … xl/workbook.xml`)],
    ['a PowerPoint presentation', file(`${ZIP}[Content_Types].xml … ppt/presentation.xml`)],
    ['an OpenDocument file', file(`${ZIP}mimetypeapplication/vnd.oasis.opendocument.text`)],
    ['an e-book', file(`${ZIP}mimetypeapplication/epub+zip`)],
    ['an e-book', file(`${'\0'.repeat(60)}BOOKMOBI`)],
    ['a packed archive', file(`${ZIP}holiday.jpg`)],
    ['a packed archive', file('\x1f\x8b\x08\0')],
    ['an older Word', file('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
    ['an image', file('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['an image', file('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['an image', file('GIF89a')],
    ['an image', file('RIFF\x10\0\0\0WEBPVP8 ')],
    ['a sound recording', file('RIFF\x10\0\0\0WAVEfmt ')],
    ['a sound recording', file('ID3\x03\0')],
    ['a sound recording', file('\0\0\0 ftypM4A ')],
    ['a video', file('\0\0\0 ftypisom')],
    ['a program', file('MZ\x90\0\x03\0\0\0')],
    ['a program', file('\x7fELF\x02\x01\x01\0')],
    ['a database', file('SQLite format 3\0')],
    ['not a text file', file('????')],
    ['not a text file', new Uint8Array(1_000)],
  ])('%s', (name, bytes) => {
    const { message, reason, remedy } = refusal(bytes);
    expect(message).toContain(name);
    expect(reason).toBe('not-text');
    expect(remedy).not.toBe('');
  });

  test('a sound that begins like a byte order mark is not taken for UTF-16', () => {
    expect(refusal(file('\xff\xfe')).reason).toBe('not-text');
  });

  test.each([
    'BM is what they call it.',
    'MZ',
    'ID3 tags hold a title.',
    'PK',
    'GIF8 is how it begins.',
    '%PD',
    'RIFF….WAVE',
  ])('a text may begin with letters that a format begins with: %s', (text) => {
    expect(decodeText('x', Buffer.from(text)).text).toBe(text);
  });
});
