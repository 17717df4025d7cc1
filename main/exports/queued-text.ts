import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { UnfinishedExport } from './unfinished-exports.ts';

/** A text that waits in the queue. It is read when it is its turn: a shelf of books does not fit into memory. */
export interface QueuedText {
  readonly name: string;
  /** May be empty; see `QueueItem`. */
  readonly folder: string;
  readonly sizeBytes: number;
  /** A file of this machine by its path, or what a page handed over. */
  readonly source:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
}

/** A file that the user chose in a dialog. One that cannot be looked at says so when it is read. */
export async function textOfFile(path: string): Promise<QueuedText> {
  const stats = await stat(path).catch(() => null);
  return { name: basename(path), folder: dirname(path), sizeBytes: stats?.size ?? 0, source: { kind: 'file', path } };
}

/** A file that a page was given by its browser. */
export function textOfBytes(name: string, folder: string, bytes: Uint8Array): QueuedText {
  return { name, folder, sizeBytes: bytes.byteLength, source: { kind: 'bytes', bytes } };
}

/** What an earlier run was at work at. Its text was kept with its work. */
export function textOfUnfinished({ job, text }: UnfinishedExport): QueuedText {
  const path = job.inputPath ?? job.path;
  const sizeBytes = Buffer.byteLength(text);
  return { name: basename(path), folder: dirname(path), sizeBytes, source: { kind: 'file', path } };
}

/** What main holds of a text in its memory, in bytes. */
export function heldBytes({ source }: QueuedText): number {
  return source.kind === 'bytes' ? source.bytes.byteLength : 0;
}
