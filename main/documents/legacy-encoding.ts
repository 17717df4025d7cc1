import { analyse, type EncodingName } from 'chardet';

/** What one statistical guess needs at most; it is taken from the first byte that is not ASCII. */
const SAMPLE_BYTES = 64 * 1024;

/** Where Windows has its own superset of a standard encoding, files are written in that. */
const SUPERSETS: Partial<Record<EncodingName, string>> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'ISO-8859-2', // differs from windows-1250 in Š, Ś, Ž and others: kept apart
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
};

const MULTI_BYTE: readonly EncodingName[] = ['Shift_JIS', 'EUC-JP', 'GB18030', 'Big5', 'EUC-KR'];
const LATIN: readonly EncodingName[] = [
  'ISO-8859-1',
  'ISO-8859-2',
  'ISO-8859-9',
  'windows-1250',
  'windows-1252',
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
 * common. `UTF-8` here means damaged UTF-8.
 */
export function guessLegacyEncoding(bytes: Uint8Array): string {
  const start = bytes.findIndex((byte) => byte > 0x7f);
  const sample = bytes.subarray(start, start + SAMPLE_BYTES);
  const { letters, highBytes } = countLetters(sample);
  for (const { name, confidence } of analyse(sample)) {
    if (name === 'UTF-8' && confidence >= 80) return 'UTF-8';
    // Ten is what a valid sequence without any common character gets, and it is no evidence.
    if (MULTI_BYTE.includes(name) && confidence >= 50) return name;
    if (OTHER_ALPHABETS.includes(name) && confidence >= 20 && highBytes >= 5 && highBytes >= letters * 0.3) {
      return SUPERSETS[name] ?? name;
    }
    if (LATIN.includes(name)) return confidence >= 30 && highBytes >= 8 ? (SUPERSETS[name] ?? name) : 'windows-1252';
  }
  return 'windows-1252';
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
