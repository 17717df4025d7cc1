import { open } from 'node:fs/promises';
import { fileError } from './file-error.ts';

const EVERY_BYTES = 64 * 1024 ** 2;

/**
 * Has what an export appends to its files brought to the disk meanwhile, one flush at a time, while hosts speak on. Left
 * to the end, gigabytes would be waited for at once, with nobody at work.
 */
export class FlushAhead {
  readonly #flush: (path: string) => Promise<void>;
  #path = '';
  #begunAtBytes = 0;
  #intactBytes = 0;
  #running: Promise<void> | null = null;
  #failure: unknown;
  #failedAt: FailedFlush | null = null;

  constructor(flush: (path: string) => Promise<void> = flushToDisk) {
    this.#flush = flush;
  }

  /** `path` has `bytes` now. Throws `file` where an earlier flush failed: the system tells nobody else of it. */
  wrote(path: string, bytes: number): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (path !== this.#path) {
      this.#begunAtBytes = 0;
      this.#intactBytes = 0;
    }
    this.#path = path;
    if (this.#running || bytes - this.#begunAtBytes < EVERY_BYTES) return;
    this.#begunAtBytes = bytes;
    this.#running = this.#bring(path, bytes);
  }

  /** What nobody may rely on any more, now that a flush has failed. */
  get failedAt(): FailedFlush | null {
    return this.#failedAt;
  }

  /** Waits for what runs: nobody is at the file any more. Rejects with `file` where a flush failed. */
  async done(): Promise<void> {
    await this.#running;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #bring(path: string, bytes: number): Promise<void> {
    const intactBytes = this.#intactBytes;
    try {
      await this.#flush(path);
      if (path === this.#path) this.#intactBytes = bytes;
    } catch (cause) {
      this.#failure = fileError(path, cause);
      this.#failedAt = { path, intactBytes };
    }
    this.#running = null;
  }
}

interface FailedFlush {
  readonly path: string;
  /** So much of the file was on the disk before. */
  readonly intactBytes: number;
}

async function flushToDisk(path: string): Promise<void> {
  const file = await open(path, 'r+'); // Windows flushes nothing for those who only read
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
