import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Boundary } from '../../protocol/model/boundary.ts';

/** A boundary on the clock of its file. */
export interface LoggedBoundary {
  readonly file: number;
  readonly segment: number;
  readonly boundary: Boundary;
}

const Line = z.tuple([z.int(), z.int(), Boundary]);

/**
 * The boundaries of an export in the making, on disk: those of a book do not fit into memory beside it, and an export
 * that goes on needs those of before.
 */
export class BoundaryLog {
  readonly path: string;
  readonly #handle: FileHandle;
  #bytes = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** With the first `bytes` of what there is. Rejects with what the file system says. */
  static async open(path: string, bytes: number): Promise<BoundaryLog> {
    const log = new BoundaryLog(path, await open(path, bytes === 0 ? 'w+' : 'r+'));
    await log.cut(bytes);
    return log;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Failed, it may be called again: it writes at the same place. */
  async add(boundaries: readonly LoggedBoundary[]): Promise<void> {
    const lines = Buffer.from(boundaries.map(lineOf).join(''));
    for (let done = 0; done < lines.byteLength; ) {
      done += (await this.#handle.write(lines, done, lines.byteLength - done, this.#bytes + done)).bytesWritten;
    }
    this.#bytes += lines.byteLength;
  }

  async cut(bytes: number): Promise<void> {
    await this.#handle.truncate(bytes);
    this.#bytes = bytes;
  }

  /** All of file number `file`, as they are read. Throws when a line is not ours. */
  async *read(file: number): AsyncGenerator<LoggedBoundary, void> {
    const stream = createReadStream(this.path);
    try {
      for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
        const [of, segment, boundary] = Line.parse(JSON.parse(line));
        if (of === file) yield { file: of, segment, boundary };
      }
    } finally {
      stream.destroy();
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

function lineOf({ file, segment, boundary }: LoggedBoundary): string {
  return `${JSON.stringify([file, segment, { ...boundary, atMs: Math.round(boundary.atMs * 1000) / 1000 }])}\n`;
}
