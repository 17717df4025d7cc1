import { createReadStream, existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Boundary } from '../../protocol/model/boundary.ts';
import { z } from '../../protocol/schema.ts';
import { sizeOf } from './finished-export.ts';
import type { JoinedPiece } from './journal.ts';
import type { WorkFolder } from './work-folder.ts';

/** A boundary on the clock of its file. */
export interface LoggedBoundary {
  readonly segment: number;
  readonly boundary: Boundary;
}

const Line = z.tuple([z.int(), Boundary]);

/**
 * The boundaries of an export in the making, on disk, a log for each of its files: those of a book do not fit into memory
 * beside it, and an export that goes on needs those of before.
 */
export class BoundaryLog {
  readonly #folder: WorkFolder;
  #file: number;
  #bytes: number;
  #handle: FileHandle | null = null;

  /** Goes on behind the `last` piece that is joined. */
  constructor(folder: WorkFolder, last: Pick<JoinedPiece, 'file' | 'boundaryBytes'> | undefined) {
    this.#folder = folder;
    this.#file = last?.file ?? 0;
    this.#bytes = last?.boundaryBytes ?? 0;
  }

  /** How many of the first `joined` pieces have their boundaries on disk. */
  static async intact(folder: WorkFolder, joined: readonly JoinedPiece[]): Promise<number> {
    const sizes = new Map<number, number>();
    for (const [count, { file, boundaryBytes }] of joined.entries()) {
      const bytes = sizes.get(file) ?? (await sizeOf(pathOf(folder, file))) ?? 0;
      sizes.set(file, bytes);
      if (bytes < boundaryBytes) return count;
    }
    return joined.length;
  }

  /** Length of the log of the file that was written to last. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Failed, it may be called again: it writes at the same place. Rejects with what the file system says. */
  async add(file: number, boundaries: readonly LoggedBoundary[]): Promise<void> {
    if (file !== this.#file) {
      await this.close();
      this.#file = file;
      this.#bytes = 0;
    }
    this.#handle ??= await openAt(pathOf(this.#folder, file), this.#bytes);
    const lines = Buffer.from(boundaries.map(lineOf).join(''));
    for (let done = 0; done < lines.byteLength; ) {
      done += (await this.#handle.write(lines, done, lines.byteLength - done, this.#bytes + done)).bytesWritten;
    }
    this.#bytes += lines.byteLength;
  }

  /** All of file number `file`, as they are read. Throws when a line is not ours. */
  async *read(file: number): AsyncGenerator<LoggedBoundary, void> {
    const path = pathOf(this.#folder, file);
    if (!existsSync(path)) return; // nothing can be heard in it
    const stream = createReadStream(path);
    try {
      for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
        const [segment, boundary] = Line.parse(JSON.parse(line));
        yield { segment, boundary };
      }
    } finally {
      stream.destroy();
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
  }
}

const pathOf = (folder: WorkFolder, file: number): string => folder.file(`boundaries-${file}.jsonl`);

/** Cut to `bytes`: what is behind them was written by a run that was killed before it had told the journal. */
async function openAt(path: string, bytes: number): Promise<FileHandle> {
  const handle = await open(path, bytes === 0 ? 'w+' : 'r+');
  await handle.truncate(bytes);
  return handle;
}

function lineOf({ segment, boundary }: LoggedBoundary): string {
  return `${JSON.stringify([segment, { ...boundary, atMs: Math.round(boundary.atMs * 1000) / 1000 }])}\n`;
}
