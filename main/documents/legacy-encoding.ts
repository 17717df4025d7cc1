import { analyse, type EncodingName } from 'chardet';

/** What one statistical guess needs at most; it is taken from the first byte that is not ASCII. */
const SAMPLE_BYTES = 64 * 1024;

/** Where Windows has its own superset of a standard encoding, files are written in that. ISO-8859-2 has none. */
const SUPERSETS: Partial<Record<EncodingName, string>> = {
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
};

const MULTI_BYTE: readonly EncodingName[] = ['Shift_JIS', 'EUC-JP', 'GB18030', 'Big5', 'EUC-KR'];
const OTHER_LATIN: readonly EncodingName[] = [
  'ISO-8859-2',
  'ISO-8859-9',
  'windows-1250',
  'windows-1254',
  'windows-1257',
  'windows-1258',
];
/** Other alphabets with one byte a letter. */
const OTHER_ALPHABETS: readonly EncodingName[] = [
  'ISO-8859-5',
  'ISO-8859-6',
  'ISO-8859-7',
  'ISO-8859-8',
  'KOI8-R',
  'windows-1251',
  'windows-1253',
  'windows-1255',
  'windows-1256',
  'windows-874',
];

/**
 * The encoding of bytes that are text and not valid UTF-8: a guess by letter statistics. Nearly any bytes are valid in
 * a dozen encodings, so the guess must earn its place: what is short or ambiguous is windows-1252, by far the most
 * common. The answer is `UTF-8` where nearly all is, with some damage.
 */
export function guessLegacyEncoding(bytes: Uint8Array): string {
  const start = bytes.findIndex((byte) => byte > 0x7f);
  const sample = bytes.subarray(start, start + SAMPLE_BYTES);
  if (isDamagedUtf8(sample)) return 'UTF-8';
  const { letters, highBytes } = countLetters(sample);
  const matches = analyse(sample);
  const western = matches.find(({ name }) => name === 'ISO-8859-1' || name === 'windows-1252')?.confidence ?? 0;
  for (const { name, confidence } of matches) {
    // Ten is what valid sequences without any common character get, and that is no evidence.
    const isEvident =
      (MULTI_BYTE.includes(name) && confidence >= 50) ||
      (OTHER_ALPHABETS.includes(name) && confidence >= 20 && highBytes >= 5 && highBytes >= letters * 0.3) ||
      (OTHER_LATIN.includes(name) && confidence >= Math.max(30, 1.5 * western) && highBytes >= 6);
    if (isEvident) return SUPERSETS[name] ?? name;
  }
  return 'windows-1252';
}

/** In other encodings what would be one good character of UTF-8 is far rarer than what is none. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes, { stream: true });
  const damaged = text.match(/\ufffd/g)?.length ?? 0;
  const good = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return good > 0 && good >= 4 * damaged;
}

function countLetters(bytes: Uint8Array): { letters: number; highBytes: number } {
  let letters = 0;
  let highBytes = 0;
  for (const byte of bytes) {
    const lowerCase = byte | 0x20;
    if (byte > 0x7f) highBytes++;
    if (byte > 0x7f || (lowerCase >= 0x61 && lowerCase <= 0x7a)) letters++;
  }
  return { letters, highBytes };
}
