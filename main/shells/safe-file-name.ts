import { extname } from 'node:path';

/** What most file systems take, in bytes of UTF-8; room is left for the `.part` of a file in the making. */
const MAX_NAME_BYTES = 240;

/** Controls, lone surrogates, marks that turn the reading direction and so can hide an extension, and Windows' own. */
const UNFIT = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]+/gu;

/** Names that Windows keeps for devices, whatever the extension. */
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name from a page as the name of a file: without folders, control characters and what Windows does not allow,
 * not hidden, short enough. Never empty. Keeps the extension.
 */
export function safeFileName(name: string): string {
  const cleaned = name
    .normalize('NFC')
    .replace(UNFIT, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const safe = DEVICE_NAME.test(cleaned) ? `_${cleaned}` : cleaned;
  return shorten(safe) || 'speech';
}

function shorten(name: string): string {
  const extension = extname(name);
  let stem = Array.from(name.slice(0, name.length - extension.length));
  while (stem.length > 0 && Buffer.byteLength(stem.join('') + extension) > MAX_NAME_BYTES) {
    stem = stem.slice(0, -1);
  }
  return stem.length > 0 ? stem.join('') + extension : '';
}
