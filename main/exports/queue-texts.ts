import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTemporary } from './remove-temporary.ts';

/** The texts that pages have handed over, each in a file that has its key for a name. */
export class QueueTexts {
  readonly dir: string;
  /** Those that no item has any more, but the list on disk may. */
  readonly #unneeded = new Set<string>();
  #needed: ReadonlySet<string> = new Set();

  constructor(dir: string) {
    this.dir = dir;
  }

  pathOf(key: string): string {
    return join(this.dir, key);
  }

  /** Rejects with what the file system says, and then leaves nothing behind. */
  async write(key: string, bytes: Uint8Array): Promise<void> {
    const write = (): Promise<void> => writeFile(this.pathOf(key), bytes, { mode: 0o600 });
    try {
      await write().catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        await this.makeFolder(); // somebody has tidied up
        await write();
      });
    } catch (error) {
      await this.remove([key]); // on a full disk a part of it is there
      throw error;
    }
  }

  /** Rejects with what the file system says. */
  async makeFolder(): Promise<void> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 }); // what people write is nobody else's business
  }

  /** The texts of the items that there are now. The others go when the list is on disk without them. */
  need(keys: ReadonlySet<string>): void {
    for (const key of this.#needed) if (!keys.has(key)) this.#unneeded.add(key);
    this.#needed = keys;
  }

  /** The list on disk has these; a kill before would have brought back items without their texts. Never rejects. */
  async listed(keys: ReadonlySet<string>): Promise<void> {
    const gone = [...this.#unneeded].filter((key) => !keys.has(key));
    for (const key of gone) this.#unneeded.delete(key);
    await this.remove(gone);
  }

  /** Never rejects: what stays is stray at the next start. */
  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) await removeTemporary(this.pathOf(key));
  }

  /** Removes what runs that were killed have left before the list named it, or after it named it no more. Never rejects. */
  async removeAllBut(keys: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.dir).catch(() => []);
    await this.remove(names.filter((name) => !keys.has(name)));
  }
}
