import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { firstPartOf } from './part-names.ts';

/** What lies in the folders of many files: each folder is read once, in place of looking for each file. */
export class NamesInFolders {
  readonly #folders = new Map<string, Promise<Folder>>();

  /** False where there is no such file, in whatever case, and so none that needs to be looked at. Never rejects. */
  async mayHave(path: string): Promise<boolean> {
    return (await this.#folderOf(path)).folded.has(folded(basename(path)));
  }

  /** The first of a series that was exported as `target`, or of several with other titles. Never rejects. */
  async firstPartsOf(target: string): Promise<string[]> {
    const { names } = await this.#folderOf(target);
    return names.filter(firstPartOf(target)).map((name) => join(dirname(target), name));
  }

  #folderOf(path: string): Promise<Folder> {
    const dir = dirname(path);
    const found = this.#folders.get(dir) ?? readFolder(dir);
    this.#folders.set(dir, found);
    return found;
  }
}

interface Folder {
  readonly names: readonly string[];
  readonly folded: ReadonlySet<string>;
}

async function readFolder(dir: string): Promise<Folder> {
  const names = await readdir(dir).catch(() => []); // writing there tells what is wrong
  return { names, folded: new Set(names.map(folded)) };
}

/** File systems differ in which names are the same. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase();
