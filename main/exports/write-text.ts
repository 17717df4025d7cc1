import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Text is collected up to this many characters between two writes. */
const BATCH_CHARS = 64 * 1024;

/** Writes what comes, as UTF-8, into a new file. Rejects with what the file system says. */
export async function writeText(path: string, pieces: AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(batched(pieces)), createWriteStream(path));
}

async function* batched(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let batch = '';
  for await (const piece of pieces) {
    batch += piece;
    if (batch.length < BATCH_CHARS) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}
