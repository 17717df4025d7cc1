import { addAbortSignal } from 'node:stream';
import { cancelled } from '../../../protocol/contract/call.ts';
import { MAX_DOCUMENT_BYTES } from '../../../protocol/model/document.ts';
import { tooLarge } from '../../documents/new-document.ts';
import type { Console } from './console.ts';

/** All of stdin. Rejects with `file` (`too-large`) as soon as it is more than a document may hold, and with `request-cancelled`. */
export async function readStdin({ stdin, interrupted }: Pick<Console, 'stdin' | 'interrupted'>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of addAbortSignal(interrupted, stdin)) {
      const piece = Buffer.from(chunk as Uint8Array);
      chunks.push(piece);
      bytes += piece.byteLength;
      if (bytes > MAX_DOCUMENT_BYTES) throw tooLarge('stdin', bytes);
    }
  } catch (error) {
    throw interrupted.aborted ? cancelled('reading stdin') : error;
  }
  return Buffer.concat(chunks);
}
