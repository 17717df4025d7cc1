import iconv from 'iconv-lite';
import { AsideError } from '../../protocol/errors.ts';
import { binaryFormat, type FileKind, textualFormat } from './file-kind.ts';
import { guessLegacyEncoding } from './legacy-encoding.ts';
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
 * The text in the bytes of a file. A byte order mark decides; then valid UTF-8 is UTF-8; then UTF-16 is known by its
 * zero bytes; the rest is guessed, see `guessLegacyEncoding`. Bytes that fit no character become U+FFFD.
 *
 * Throws `file` with reason `not-text` and a remedy that says what the file is. `name` is for the message.
 * Blocks, for some 10 ms a megabyte.
 */
export function decodeText(name: string, bytes: Uint8Array): DecodedText {
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

function unmarkedEncoding(bytes: Uint8Array): string | undefined {
  if (looksBinary(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SAMPLE)).toString('latin1'))) {
    return guessUtf16(bytes);
  }
  return isUtf8(bytes) ? 'UTF-8' : guessLegacyEncoding(bytes);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false; // a TypeError is how the decoder says no
  }
}

function decodeAs(encoding: string, bytes: Uint8Array): string {
  if (encoding === 'UTF-8') return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding, { stripBOM: false });
}

/** Bytes or characters that are looked at to tell text from other things. */
const SAMPLE = 64 * 1024;

/**
 * What no text has in number: halves of characters, private and unassigned ones, and controls but for tab, line ends,
 * backspace, Ctrl-Z and escape.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const STRANGE = /[\0-\x07\x0e-\x19\x1c-\x1f\p{Cs}\p{Co}\p{Cn}]/gu;

function looksBinary(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  const strange = sample.match(STRANGE)?.length ?? 0;
  return strange > 2 + sample.length / 100;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it blanks out
const UNSPEAKABLE = /[\0-\x08\x0e-\x1f\x7f]/g;

/**
 * Page breaks, vertical tabs and lone carriage returns end a line; a zero byte would end the text for a native engine.
 * One character becomes one character and CRLF stays, so that positions in timings are positions in the file's text.
 */
function tidy(text: string): string {
  const withoutMark = text.startsWith('\ufeff') ? text.slice(1) : text;
  return withoutMark.replace(/\r(?!\n)|[\v\f]/g, '\n').replace(UNSPEAKABLE, ' ');
}

function notText(name: string, kind: FileKind): AsideError<'file'> {
  return new AsideError('file', `“${name}” cannot be read: it is ${kind.name}`, {
    details: { path: name, reason: 'not-text' },
    remedy: kind.remedy,
  });
}
