/** A file that is no plain text, by what it looks like. */
export interface FileKind {
  /** With its article, for "This is …". */
  readonly name: string;
  readonly remedy: string;
}

interface Signature extends FileKind {
  /** Bytes at `offset`, one character a byte. */
  readonly bytes: string;
  readonly offset?: number;
}

const SAVE_AS_TEXT = 'Open it in the program that it belongs to and save it as plain text, then open that file.';
const COPY_FROM_VIEWER = 'Open it in a viewer, copy the text and paste it here.';
const UNPACK = 'Unpack it and open a text file that is in it.';
const OPEN_TEXT = 'Open a text file (.txt or .md) instead.';

/** Formats that are made of printable characters, and would otherwise be read aloud with all their commands. */
const TEXTUAL: readonly Signature[] = [
  { bytes: '%PDF-', name: 'a PDF document', remedy: COPY_FROM_VIEWER },
  { bytes: '{\\rtf', name: 'a Rich Text document', remedy: SAVE_AS_TEXT },
  { bytes: '%!PS-', name: 'a PostScript document', remedy: COPY_FROM_VIEWER },
];

const IMAGE = {
  name: 'an image',
  remedy: 'Aside reads text only. Have the words in the image recognised first (OCR).',
};
const SOUND = { name: 'a sound recording', remedy: OPEN_TEXT };
const VIDEO = { name: 'a video', remedy: OPEN_TEXT };
const ARCHIVE = { name: 'a packed archive', remedy: UNPACK };
const PROGRAM = { name: 'a program', remedy: OPEN_TEXT };
const E_BOOK = {
  name: 'an e-book',
  remedy: 'Convert it to plain text, or copy its text from a reader and paste it here.',
};

/** Consulted only for bytes that are not text: some of these openings could begin a sentence. */
const BINARY: readonly Signature[] = [
  { bytes: '\xd0\xcf\x11\xe0', name: 'an older Word, Excel or PowerPoint document', remedy: SAVE_AS_TEXT },
  { bytes: '\x89PNG', ...IMAGE },
  { bytes: '\xff\xd8\xff', ...IMAGE },
  { bytes: 'GIF8', ...IMAGE },
  { bytes: 'BM', ...IMAGE },
  { bytes: 'II*\0', ...IMAGE },
  { bytes: 'MM\0*', ...IMAGE },
  { bytes: 'WEBP', offset: 8, ...IMAGE },
  { bytes: 'ftypheic', offset: 4, ...IMAGE },
  { bytes: 'ftypavif', offset: 4, ...IMAGE },
  { bytes: 'WAVE', offset: 8, ...SOUND },
  { bytes: 'ID3', ...SOUND },
  { bytes: '\xff\xfb', ...SOUND },
  { bytes: 'OggS', ...SOUND },
  { bytes: 'fLaC', ...SOUND },
  { bytes: 'ftypM4A', offset: 4, ...SOUND },
  { bytes: 'ftyp', offset: 4, ...VIDEO },
  { bytes: '\x1aE\xdf\xa3', ...VIDEO },
  { bytes: 'BOOKMOBI', offset: 60, ...E_BOOK },
  { bytes: 'AT&TFORM', name: 'a DjVu document', remedy: COPY_FROM_VIEWER },
  { bytes: 'ITSF', name: 'a Windows help file', remedy: COPY_FROM_VIEWER },
  { bytes: 'SQLite format 3', name: 'a database', remedy: OPEN_TEXT },
  { bytes: '\x1f\x8b', ...ARCHIVE },
  { bytes: 'BZh', ...ARCHIVE },
  { bytes: '\xfd7zXZ', ...ARCHIVE },
  { bytes: '7z\xbc\xaf', ...ARCHIVE },
  { bytes: 'Rar!', ...ARCHIVE },
  { bytes: '\x28\xb5\x2f\xfd', ...ARCHIVE },
  { bytes: 'MZ', ...PROGRAM },
  { bytes: '\x7fELF', ...PROGRAM },
  { bytes: '\xcf\xfa\xed\xfe', ...PROGRAM },
];

/** What a ZIP holds, by names that stand near its start. */
const IN_ZIP: readonly Signature[] = [
  { bytes: 'mimetypeapplication/epub+zip', ...E_BOOK },
  { bytes: 'mimetypeapplication/vnd.oasis.opendocument', name: 'an OpenDocument file', remedy: SAVE_AS_TEXT },
  { bytes: 'word/', name: 'a Word document', remedy: SAVE_AS_TEXT },
  { bytes: 'xl/', name: 'an Excel workbook', remedy: SAVE_AS_TEXT },
  { bytes: 'ppt/', name: 'a PowerPoint presentation', remedy: SAVE_AS_TEXT },
];

const ZIP = 'PK\x03\x04';
const HEAD_BYTES = 8192;

/** A format of printable characters that is still no plain text; undefined when it is none. */
export function textualFormat(bytes: Uint8Array): FileKind | undefined {
  const head = latin1(bytes, 16);
  return TEXTUAL.find((signature) => head.startsWith(signature.bytes));
}

/** What bytes that are no text look like. */
export function binaryFormat(bytes: Uint8Array): FileKind {
  const head = latin1(bytes, HEAD_BYTES);
  if (head.startsWith(ZIP)) return IN_ZIP.find((signature) => head.includes(signature.bytes)) ?? ARCHIVE;
  const signature = BINARY.find(({ bytes: opening, offset = 0 }) => head.startsWith(opening, offset));
  return signature ?? { name: 'not a text file', remedy: OPEN_TEXT };
}

function latin1(bytes: Uint8Array, maxBytes: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, maxBytes)).toString('latin1');
}
