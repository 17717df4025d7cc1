import { extname } from 'node:path';

/** What most file systems take, in bytes of UTF-8; room is left for the `.part` of a file in the making. */
export const MAX_NAME_BYTES = 240;

/** Controls, lone surrogates, marks that turn the reading direction and so can hide an extension, and Windows' own. */
const UNFIT = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]+/gu;

/** Names that Windows keeps for devices, whatever the extension. */
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name from a page as the name of a file: without folders, control characters and what Windows does not allow,
 * not hidden, short enough. Never empty. Keeps the extension.
 */
export function safeFileName(name: string): string {
  const cleaned = cleanName(name);
  const safe = DEVICE_NAME.test(cleaned) ? `_${cleaned}` : cleaned;
  const extension = extname(safe);
  const stem = fitName(safe.slice(0, safe.length - extension.length), MAX_NAME_BYTES - Buffer.byteLength(extension));
  return stem === '' ? 'speech' : stem + extension;
}

/** What may stand in a name, on one line: no folder, no control character, neither blanks nor dots at the ends. */
export function cleanName(name: string): string {
  return name
    .normalize('NFC')
    .replace(UNFIT, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
}

/** As much of `name` from its start as takes `maxBytes` of UTF-8; characters stay whole. */
export function fitName(name: string, maxBytes: number): string {
  const characters = Array.from(name);
  let bytes = Buffer.byteLength(name);
  while (characters.length > 0 && bytes > maxBytes) bytes -= Buffer.byteLength(characters.pop() ?? '');
  return characters.join('');
}
