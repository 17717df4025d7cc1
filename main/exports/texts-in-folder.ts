import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

const TEXT_EXTENSIONS = new Set(['.txt', '.md', '.markdown']);

/**
 * The texts in a folder and those below it, `max` at most, in the order in which a file manager shows them: what is in
 * a folder before what is in folders in it. Hidden ones are left out, and links, which may lead in a circle. A folder
 * that cannot be read has none. Rejects with the system's error when that is `folder` itself.
 */
export async function textsInFolder(folder: string, max: number): Promise<string[]> {
  const found: string[] = [];
  const folders = [folder];
  for (let next = folders.shift(); next !== undefined && found.length < max; next = folders.shift()) {
    const entries = await readdir(next, { withFileTypes: true }).catch((error: unknown) => {
      if (next === folder) throw error;
      return []; // one may not look into every folder of a disk
    });
    const shown = entries.filter(({ name }) => !name.startsWith('.'));
    shown.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    const here = next;
    const texts = shown.filter((entry) => entry.isFile() && TEXT_EXTENSIONS.has(extname(entry.name).toLowerCase()));
    found.push(...texts.map(({ name }) => join(here, name)));
    folders.unshift(...shown.filter((entry) => entry.isDirectory()).map(({ name }) => join(here, name)));
  }
  return found.slice(0, max);
}
