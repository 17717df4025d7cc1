import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { firstPartOf, stemsOfFirstPart, stemsOfParts } from './part-names.ts';

/** What lies in the folders of many files: each folder is read once, in place of looking for each file. */
export class NamesInFolders {
  readonly #folders = new Map<string, Promise<Folder | null>>();

  /** False where there is no such file, in whatever case, and so none that needs to be looked at. Never rejects. */
  async mayHave(path: string): Promise<boolean> {
    const folder = await this.#folderOf(path);
    return folder === null || folder.folded.has(folded(basename(path)));
  }

  /** The first of a series that was exported as `target`, or of several with other titles. Never rejects. */
  async firstPartsOf(target: string): Promise<string[]> {
    const folder = await this.#folderOf(target);
    const names = [...stemsOfParts(target)].flatMap((stem) => folder?.firstParts.get(stem) ?? []);
    return names.filter(firstPartOf(target)).map((name) => join(dirname(target), name));
  }

  #folderOf(path: string): Promise<Folder | null> {
    const dir = dirname(path);
    const found = this.#folders.get(dir) ?? readFolder(dir);
    this.#folders.set(dir, found);
    return found;
  }
}

interface Folder {
  readonly folded: ReadonlySet<string>;
  /** The names of what may be the first part of a series, by its stem. */
  readonly firstParts: ReadonlyMap<string, readonly string[]>;
}

/** Null where it cannot be read: files in it may be there all the same. */
async function readFolder(dir: string): Promise<Folder | null> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : null));
  if (names === null) return null;
  const firstParts = new Map<string, string[]>();
  for (const name of names) {
    for (const stem of stemsOfFirstPart(name)) {
      const known = firstParts.get(stem);
      if (known) known.push(name);
      else firstParts.set(stem, [name]);
    }
  }
  return { folded: new Set(names.map(folded)), firstParts };
}

/** File systems differ in which names are the same. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase();
