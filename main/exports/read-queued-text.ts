import type { Document } from '../../protocol/model/document.ts';
import { decodeDocument, readDocumentFile } from '../documents/read-document.ts';
import type { QueuedText } from './queued-text.ts';

/** Rejects with `file`. */
export function readQueuedText({ name, source }: QueuedText): Promise<Document> {
  return source.kind === 'file' ? readDocumentFile(source.path) : decodeDocument(name, source.bytes);
}
