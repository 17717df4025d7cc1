import iconv from 'iconv-lite';
import { AsideError } from '../../protocol/errors.ts';
import { binaryFormat, type FileKind, textualFormat } from './file-kind.ts';
import { guessLegacyEncoding } from './legacy-encoding.ts';
import { bytesLookBinary, looksBinary, tidy } from './text-characters.ts';
import { decodeUtf8 } from './utf8-text.ts';
import { guessUtf16 } from './utf16.ts';

export interface DecodedText {
  /** Without byte order mark; lines end with `\n` or `\r\n`, as in the file; no other control characters but tab. */
  readonly text: string;
  /** The name of the encoding it was read as, e.g. `UTF-8`, `UTF-16LE`, `windows-1252`, `Shift_JIS`. */
  readonly encoding: string;
}

/** UTF-32LE stands before UTF-16LE, whose mark begins it. */
const BYTE_ORDER_MARKS: readonly { encoding: string; mark: readonly number[] }[] = [
  { encoding: 'UTF-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'UTF-32LE', mark: [0xff, 0xfe, 0, 0] },
  { encoding: 'UTF-32BE', mark: [0, 0, 0xfe, 0xff] },
  { encoding: 'UTF-16LE', mark: [0xff, 0xfe] },
  { encoding: 'UTF-16BE', mark: [0xfe, 0xff] },
];

/**
 * The text in the bytes of a file. A byte order mark decides; without one valid UTF-8 is UTF-8; UTF-16 is known by its
 * zero bytes; the rest is guessed, see `guessLegacyEncoding`. Bytes that fit no character become U+FFFD.
 *
 * Throws `file` with reason `not-text` and a remedy that says what the file is. `name` is for the message.
 * Blocks, for some 10 ms a megabyte.
 */
export function decodeText(name: string, bytes: Uint8Array): DecodedText {
  const plain = decodeUtf8(bytes);
  if (plain !== null) return { text: plain, encoding: 'UTF-8' };
  const marked = BYTE_ORDER_MARKS.find(({ mark }) => mark.every((byte, i) => bytes[i] === byte));
  if (marked) {
    const text = decodeAs(marked.encoding, bytes.subarray(marked.mark.length));
    if (looksBinary(text)) throw notText(name, binaryFormat(bytes));
    return { text: tidy(text), encoding: marked.encoding };
  }
  const format = textualFormat(bytes);
  if (format) throw notText(name, format);
  const encoding = unmarkedEncoding(bytes);
  if (!encoding) throw notText(name, binaryFormat(bytes));
  return { text: tidy(decodeAs(encoding, bytes)), encoding };
}

/** Of bytes that are no valid UTF-8. */
function unmarkedEncoding(bytes: Uint8Array): string | undefined {
  return bytesLookBinary(bytes) ? guessUtf16(bytes) : guessLegacyEncoding(bytes);
}

function decodeAs(encoding: string, bytes: Uint8Array): string {
  if (encoding === 'UTF-8') return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding, { stripBOM: false });
}

function notText(name: string, kind: FileKind): AsideError<'file'> {
  return new AsideError('file', `“${name}” cannot be read: it is ${kind.name}`, {
    details: { path: name, reason: 'not-text' },
    remedy: kind.remedy,
  });
}
