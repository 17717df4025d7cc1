import { readdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Renames a file that cannot be used to `<path>.corrupt-<time>`, and tells the new path. Takes the place of no other and
 * deletes none: one may hold a text that exists nowhere else. Rejects with the system's error.
 */
export async function setAside(path: string, now: Date = new Date()): Promise<string> {
  const dir = dirname(path);
  const prefix = prefixFor(path);
  const earlier = await findAside(path);
  const stamp = now.toISOString().replaceAll(':', '-');
  const target = join(dir, `${prefix}${stamp}${earlier.includes(prefix + stamp) ? `-${earlier.length}` : ''}`);
  await rename(path, target);
  return target;
}

/** The names of the files that were set aside for `path` and are still there. Rejects with the system's error. */
export async function findAside(path: string): Promise<string[]> {
  return (await readdir(dirname(path))).filter((name) => name.startsWith(prefixFor(path)));
}

const prefixFor = (path: string): string => `${basename(path)}.corrupt-`;
