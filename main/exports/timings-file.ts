import type { Boundary } from '../../protocol/model/boundary.ts';
import { fileError } from './file-error.ts';
import { openPartFile, type PartFile } from './part-file.ts';

/** Text is collected up to this many characters between two writes. */
const BATCH_CHARS = 64 * 1024;

/**
 * Writes boundaries as a JSON array, one object a line, as they come: the timings of a book do not fit twice into
 * memory. `{kind, charIndex, charLength, text, atMs, segment}`; positions in the exported text, `atMs` since the start
 * of the file.
 */
export class TimingsFile {
  readonly #target: string;
  readonly #part: PartFile;
  readonly #text: string;
  #batch = '[';
  #isFirst = true;

  private constructor(target: string, part: PartFile, text: string) {
    this.#target = target;
    this.#part = part;
    this.#text = text;
  }

  static async open(target: string, text: string): Promise<TimingsFile> {
    return new TimingsFile(target, await openPartFile(target), text);
  }

  async add(boundaries: readonly Boundary[], segment: number): Promise<void> {
    for (const { kind, charIndex, charLength, atMs } of boundaries) {
      const text = this.#text.slice(charIndex, charIndex + charLength);
      const row = { kind, charIndex, charLength, text, atMs: Math.round(atMs * 1000) / 1000, segment };
      this.#batch += `${this.#isFirst ? '\n' : ',\n'}${JSON.stringify(row)}`;
      this.#isFirst = false;
    }
    if (this.#batch.length >= BATCH_CHARS) await this.#flush();
  }

  async commit(): Promise<void> {
    this.#batch += '\n]\n';
    await this.#flush();
    await this.#part.commit();
  }

  discard(): Promise<void> {
    return this.#part.discard();
  }

  async #flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = '';
    // Not `write`, which on a full disk writes a part and calls it done.
    await this.#part.handle.appendFile(batch).catch((cause: unknown) => {
      throw fileError(this.#target, cause);
    });
  }
}
