import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Leftover } from './leftover.ts';

/** A text that waits in the queue. It is read when it is its turn: a shelf of books does not fit into memory. */
export interface QueuedText {
  /** Tells it from all others, also in a later run. */
  readonly key: string;
  readonly name: string;
  /** May be empty; see `QueueItem`. */
  readonly folder: string;
  readonly sizeBytes: number;
  /** A file of this machine by its path, or what a page handed over: kept in a file of Aside's own, or in memory. */
  readonly source:
    | { readonly kind: 'file' | 'kept'; readonly path: string }
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
}

/** A file that the user chose in a dialog. One that cannot be looked at says so when it is read. */
export async function textOfFile(path: string): Promise<QueuedText> {
  const stats = await stat(path).catch(() => null);
  return { ...ofFile(path), sizeBytes: stats?.size ?? 0 };
}

/** A file that a page was given by its browser. */
export function textOfBytes(name: string, folder: string, bytes: Uint8Array): QueuedText {
  return { key: randomUUID(), name, folder, sizeBytes: bytes.byteLength, source: { kind: 'bytes', bytes } };
}

/** What an earlier run was told to make something of. */
export function textOfLeftover({ path, inputPath, sizeBytes }: Leftover): QueuedText {
  return { ...ofFile(inputPath ?? path), sizeBytes };
}

function ofFile(path: string): Omit<QueuedText, 'sizeBytes'> {
  return { key: randomUUID(), name: basename(path), folder: dirname(path), source: { kind: 'file', path } };
}

/** How a later run knows an export for one of this text. */
export function originOf({ key, source }: QueuedText): { key: string; inputPath?: string } {
  return source.kind === 'file' ? { key, inputPath: source.path } : { key };
}

/** What Aside itself holds of a text, in its memory or in its folder, in bytes. */
export function heldBytes({ source, sizeBytes }: QueuedText): number {
  return source.kind === 'file' ? 0 : sizeBytes;
}
