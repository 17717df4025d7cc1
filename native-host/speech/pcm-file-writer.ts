import { BYTES_PER_SAMPLE } from '../../protocol/model/pcm.ts';
import { DiskFile } from '../files/disk-file.ts';
import type { FileCalls } from '../files/file-beginning.ts';

/** Few and large writes: the callback that appends is on the path of every piece of audio. */
const BLOCK_BYTES = 512 * 1024;

/**
 * Writes samples into a file from a position on, in blocks. Little-endian, as every machine is that Aside runs
 * on. Blocks the thread while it writes, but for the methods named `…Later`, of which one may run at a time, and those that
 * are told how. Every method
 * throws `file`.
 */
export class PcmFileWriter {
  readonly #file: DiskFile;
  readonly #block = new Int16Array(BLOCK_BYTES / BYTES_PER_SAMPLE);
  #used = 0;
  #offsetBytes: number;
  #acceptedBytes = 0;

  /** `isNew`: in place of what may be there; else it has to be. */
  static open(path: string, offsetBytes: number, isNew = false): PcmFileWriter {
    return new PcmFileWriter(DiskFile.open(path, isNew ? 'make' : 'change'), offsetBytes);
  }

  private constructor(file: DiskFile, offsetBytes: number) {
    this.#file = file;
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
    this.#file.writeAt(this.#offsetBytes, bytes);
    this.#offsetBytes += bytes.length;
  }

  async flushLater(): Promise<void> {
    const bytes = this.#takeBlock();
    await this.#file.writeAtLater(this.#offsetBytes, bytes);
    this.#offsetBytes += bytes.length;
  }

  /** `flush`, or `flushLater`. */
  async flushBy(how: FileCalls): Promise<void> {
    if (how === 'blocking') this.flush();
    else await this.flushLater();
  }

  /** Writes what stands before the samples, in the place that was kept for it. */
  async writeHead(head: Uint8Array, how: FileCalls): Promise<void> {
    if (how === 'blocking') this.#file.writeAt(0, head);
    else await this.#file.writeAtLater(0, head);
  }

  /** Without flushing. Some file systems report a failed write only here. */
  close(): void {
    this.#file.close();
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

  #takeBlock(): Uint8Array {
    const bytes = new Uint8Array(this.#block.buffer, 0, this.#used * BYTES_PER_SAMPLE);
    this.#used = 0;
    return bytes;
  }
}
