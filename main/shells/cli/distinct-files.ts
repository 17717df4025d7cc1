import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from './outcome.ts';

/** Throws `UsageError` when two of the named paths are one file, links followed. Undefined and `-` are no paths. */
export async function requireDistinctFiles(paths: Readonly<Record<string, string | undefined>>): Promise<void> {
  const names = new Map<string, string>();
  for (const [name, path] of Object.entries(paths)) {
    if (path === undefined || path === '-') continue;
    const place = await placeOf(resolve(path));
    const other = names.get(place);
    if (other !== undefined) throw new UsageError(`${other} and ${name} are the same file: ${path}`);
    names.set(place, name);
  }
}

/** The real path, also of a file that does not exist yet; where not even its folder does, the path itself. */
async function placeOf(path: string): Promise<string> {
  return realpath(path).catch(async () =>
    join(await realpath(dirname(path)).catch(() => dirname(path)), basename(path)),
  );
}
