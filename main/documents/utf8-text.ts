import { textualFormat } from './file-kind.ts';
import { bytesLookBinary, tidy } from './text-characters.ts';

/**
 * The text of a file that is valid UTF-8 without a mark, as nearly all are; null for all others, of which `decodeText`
 * knows more. Apart from it, because this needs none of the tables of encodings.
 */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (isMarked || textualFormat(bytes) || bytesLookBinary(bytes)) return null;
  try {
    return tidy(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null; // a TypeError is how the decoder says no
  }
}
