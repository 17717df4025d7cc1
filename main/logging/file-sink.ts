import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface FileSink {
  /** Queues a line. Never blocks, never throws; while the file cannot be written, lines are dropped. */
  write(line: string): void;
  /** Resolves when all that was queued is written or dropped. */
  flush(): Promise<void>;
}

export interface FileSinkOptions {
  /** The log file; the full one before it is kept as `<path>.1`. */
  readonly path: string;
  /** A file that has reached this size is set aside. Two of them are the most that a log ever takes. */
  readonly maxBytes?: number;
  /** Told once, at the first line that could not be written. */
  readonly onProblem?: (error: unknown) => void;
}

const DEFAULT_MAX_BYTES = 2 * 1024 * 1024;
/** Lines waiting for a slow disk, in UTF-16 units. Beyond it a log is no longer worth its memory. */
const MAX_PENDING_CHARS = 1024 * 1024;

/** Appends lines to a file, in order and in batches, with one generation kept. */
export function createFileSink({ path, maxBytes = DEFAULT_MAX_BYTES, onProblem }: FileSinkOptions): FileSink {
  let pending = '';
  let sizeBytes: number | undefined;
  let writing: Promise<void> | undefined;
  let hasFailed = false;

  async function drain(): Promise<void> {
    while (pending !== '') {
      const batch = pending;
      pending = '';
      try {
        await append(batch);
      } catch (error) {
        sizeBytes = undefined;
        if (!hasFailed) onProblem?.(error);
        hasFailed = true;
      }
    }
    writing = undefined;
  }

  async function append(batch: string): Promise<void> {
    if (sizeBytes === undefined) {
      await mkdir(dirname(path), { recursive: true });
      sizeBytes = await currentSize(path);
    }
    if (sizeBytes >= maxBytes) {
      await rename(path, `${path}.1`);
      sizeBytes = 0;
    }
    await appendFile(path, batch);
    sizeBytes += Buffer.byteLength(batch);
  }

  return {
    write: (line) => {
      if (pending.length + line.length > MAX_PENDING_CHARS) return;
      pending += line;
      writing ??= drain();
    },
    flush: async () => {
      await writing;
    },
  };
}

async function currentSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
