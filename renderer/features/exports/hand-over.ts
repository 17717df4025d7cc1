import type { AsideError } from '../../../protocol/errors.ts';
import { MAX_FILES_PER_MESSAGE } from '../../../protocol/model/export-queue.ts';
import { asAsideError } from '../../as-aside-error.ts';
import type { MainLink } from '../../connection/main-link.ts';
import { fileBytes } from '../documents/file-bytes.ts';
import type { GivenFile } from './given-files.ts';

/** What is sent in one message, unless a single file is more: main answers others in between. */
const BATCH_BYTES = 4 * 1024 * 1024;

export interface HandedOver {
  readonly added: number;
  readonly isFull: boolean;
  /** Files that could not be handed over. */
  readonly refused: readonly AsideError[];
}

/** Gives files to main's queue, a batch at a time and in order. Rejects when main cannot be asked. */
export async function handOver(link: MainLink, given: readonly GivenFile[]): Promise<HandedOver> {
  const refused: AsideError[] = [];
  let batch: { name: string; folder: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
  let batchBytes = 0;
  let added = 0;
  let isFull = false;

  async function send(): Promise<void> {
    if (batch.length === 0 || isFull) return;
    const files = batch;
    batch = [];
    batchBytes = 0;
    const answer = await link.request('exports.add', { files });
    added += answer.added;
    isFull = answer.isFull;
  }

  for (const { file, folder } of given) {
    if (isFull) break;
    if (batch.length === MAX_FILES_PER_MESSAGE || batchBytes + file.size > BATCH_BYTES) await send();
    try {
      const bytes = await fileBytes(file);
      batch.push({ name: file.name, folder, bytes });
      batchBytes += bytes.byteLength;
    } catch (error) {
      refused.push(asAsideError(error));
    }
  }
  await send();
  return { added, isFull, refused };
}
