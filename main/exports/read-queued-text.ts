import { readFile } from 'node:fs/promises';
import { AsideError } from '../../protocol/errors.ts';
import type { Document } from '../../protocol/model/document.ts';
import { decodeDocument, readDocumentFile } from '../documents/read-document.ts';
import type { QueuedText } from './queued-text.ts';

/** Rejects with `file`. */
export async function readQueuedText({ name, source }: QueuedText): Promise<Document> {
  if (source.kind === 'file') return readDocumentFile(source.path);
  if (source.kind === 'bytes') return decodeDocument(name, source.bytes);
  const bytes = await readFile(source.path).catch((cause: NodeJS.ErrnoException) => {
    throw new AsideError('file', `What was kept of “${name}” cannot be read`, {
      details: { path: source.path, reason: cause.code ?? 'unknown' },
      remedy: 'Remove it from the queue, and add it again.',
      cause,
    });
  });
  return decodeDocument(name, bytes);
}
