import type { DiskFile } from '../files/disk-file.ts';

const BLOCK_BYTES = 256 * 1024;

/** Collects what comes in crumbs for few and large writes, from the beginning of a file on. Throws `file`. */
export class BlockWriter {
  readonly #file: DiskFile;
  readonly #block = new Uint8Array(BLOCK_BYTES);
  #used = 0;
  #writtenBytes = 0;

  constructor(file: DiskFile) {
    this.#file = file;
  }

  /** All that it was given so far. */
  get bytes(): number {
    return this.#writtenBytes + this.#used;
  }

  /** Copies `crumb`. */
  append(crumb: Uint8Array): void {
    if (this.#used + crumb.length > this.#block.length) this.flush();
    if (crumb.length > this.#block.length) {
      this.#file.writeAt(this.#writtenBytes, crumb);
      this.#writtenBytes += crumb.length;
      return;
    }
    this.#block.set(crumb, this.#used);
    this.#used += crumb.length;
  }

  flush(): void {
    this.#file.writeAt(this.#writtenBytes, this.#block.subarray(0, this.#used));
    this.#writtenBytes += this.#used;
    this.#used = 0;
  }
}
