import { closeSync, openSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { BYTES_PER_SAMPLE } from '../../protocol/model/pcm.ts';
import { toFileError } from '../files/file-error.ts';

const writeLater = promisify(write);

/** Few and large writes: the callback that appends is on the path of every piece of audio. */
const BLOCK_BYTES = 512 * 1024;

/**
 * Writes samples into a file from a position on, in blocks. Little-endian, as every machine is that Aside runs
 * on. Blocks the thread while it writes, but for the methods named `…Later`, of which one may run at a time. Every method
 * throws `file`.
 */
export class PcmFileWriter {
  readonly #path: string;
  readonly #fd: number;
  readonly #block = new Int16Array(BLOCK_BYTES / BYTES_PER_SAMPLE);
  #used = 0;
  #offsetBytes: number;
  #acceptedBytes = 0;

  /** `isNew`: in place of what may be there; else it has to be. */
  static open(path: string, offsetBytes: number, isNew = false): PcmFileWriter {
    try {
      return new PcmFileWriter(path, openSync(path, isNew ? 'w' : 'r+'), offsetBytes);
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
    for (let rest = this.#accept(samples); rest.length > 0; ) {
      rest = this.#fill(rest);
      if (this.#used === this.#block.length) this.flush();
    }
  }

  async appendLater(samples: Int16Array): Promise<void> {
    for (let rest = this.#accept(samples); rest.length > 0; ) {
      rest = this.#fill(rest);
      if (this.#used === this.#block.length) await this.flushLater();
    }
  }

  flush(): void {
    const bytes = this.#takeBlock();
    this.#writeAt(bytes, this.#offsetBytes);
    this.#offsetBytes += bytes.length;
  }

  async flushLater(): Promise<void> {
    const bytes = this.#takeBlock();
    await this.#writeLaterAt(bytes, this.#offsetBytes);
    this.#offsetBytes += bytes.length;
  }

  /** Writes what stands before the samples, in the place that was kept for it. */
  writeHead(head: Uint8Array): void {
    this.#writeAt(head, 0);
  }

  async writeHeadLater(head: Uint8Array): Promise<void> {
    await this.#writeLaterAt(head, 0);
  }

  /** Without flushing. Some file systems report a failed write only here. */
  close(): void {
    try {
      closeSync(this.#fd);
    } catch (error) {
      throw toFileError(this.#path, error);
    }
  }

  #accept(samples: Int16Array): Int16Array {
    this.#acceptedBytes += samples.byteLength;
    return samples;
  }

  /** Copies into the block what fits. Returns the rest. */
  #fill(samples: Int16Array): Int16Array {
    const part = samples.subarray(0, this.#block.length - this.#used);
    this.#block.set(part, this.#used);
    this.#used += part.length;
    return samples.subarray(part.length);
  }

  #writeAt(bytes: Uint8Array, offsetBytes: number): void {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#fd, bytes, done, bytes.length - done, offsetBytes + done);
      }
    } catch (error) {
      throw toFileError(this.#path, error);
    }
  }

  async #writeLaterAt(bytes: Uint8Array, offsetBytes: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += (await writeLater(this.#fd, bytes, done, bytes.length - done, offsetBytes + done)).bytesWritten;
      }
    } catch (error) {
      throw toFileError(this.#path, error);
    }
  }

  #takeBlock(): Uint8Array {
    const bytes = new Uint8Array(this.#block.buffer, 0, this.#used * BYTES_PER_SAMPLE);
    this.#used = 0;
    return bytes;
  }
}
