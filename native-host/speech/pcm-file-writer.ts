import { closeSync, openSync, writeSync } from 'node:fs';
import { BYTES_PER_SAMPLE } from '../../protocol/model/pcm.ts';
import { toFileError } from './file-error.ts';

/** Few and large writes: the callback that appends is on the path of every piece of audio. */
const BLOCK_BYTES = 512 * 1024;

/**
 * Writes samples into an existing file from a position on, in blocks. Little-endian, as every machine is that Aside runs
 * on. Blocks the thread while it writes. Every method throws `file`.
 */
export class PcmFileWriter {
  readonly #path: string;
  readonly #fd: number;
  readonly #block = new Int16Array(BLOCK_BYTES / BYTES_PER_SAMPLE);
  #used = 0;
  #offsetBytes: number;
  #acceptedBytes = 0;

  static open(path: string, offsetBytes: number): PcmFileWriter {
    try {
      return new PcmFileWriter(path, openSync(path, 'r+'), offsetBytes);
    } catch (error) {
      throw toFileError(path, error);
    }
  }

  private constructor(path: string, fd: number, offsetBytes: number) {
    this.#path = path;
    this.#fd = fd;
    this.#offsetBytes = offsetBytes;
  }

  /** Audio taken so far; in the file after the next `flush`. */
  get acceptedBytes(): number {
    return this.#acceptedBytes;
  }

  append(samples: Int16Array): void {
    this.#acceptedBytes += samples.byteLength;
    for (let start = 0; start < samples.length; ) {
      const end = Math.min(samples.length, start + this.#block.length - this.#used);
      this.#block.set(samples.subarray(start, end), this.#used);
      this.#used += end - start;
      start = end;
      if (this.#used === this.#block.length) this.flush();
    }
  }

  flush(): void {
    const bytes = new Uint8Array(this.#block.buffer, 0, this.#used * BYTES_PER_SAMPLE);
    this.#used = 0;
    try {
      for (let done = 0; done < bytes.length; ) {
        const written = writeSync(this.#fd, bytes, done, bytes.length - done, this.#offsetBytes);
        done += written;
        this.#offsetBytes += written;
      }
    } catch (error) {
      throw toFileError(this.#path, error);
    }
  }

  /** Without flushing. Some file systems report a failed write only here. */
  close(): void {
    try {
      closeSync(this.#fd);
    } catch (error) {
      throw toFileError(this.#path, error);
    }
  }
}
