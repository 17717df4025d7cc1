import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Older ones of the same file are deleted. */
const KEPT = 5;

/**
 * Renames a file that cannot be used to `<path>.corrupt-<time>`, so that nothing is lost, and tells the new path. Never
 * takes the place of another. Rejects with the system's error.
 */
export async function setAside(path: string, now: Date = new Date()): Promise<string> {
  const dir = dirname(path);
  const prefix = `${basename(path)}.corrupt-`;
  const earlier = (await readdir(dir)).filter((name) => name.startsWith(prefix)).sort();
  const stamp = now.toISOString().replaceAll(':', '-');
  const target = join(dir, `${prefix}${stamp}${earlier.includes(prefix + stamp) ? `-${earlier.length}` : ''}`);
  await rename(path, target);
  for (const name of earlier.slice(0, Math.max(0, earlier.length + 1 - KEPT))) {
    await rm(join(dir, name), { force: true }).catch(() => {}); // one too many does no harm
  }
  return target;
}
