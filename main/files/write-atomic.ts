import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What another run left behind when it was killed; younger ones may belong to one that lives. */
const LEFTOVER_AGE_MS = 60_000;

/**
 * Writes `pieces`, one after the other, as UTF-8 so that at every moment, also after a kill, `path` holds either the
 * whole of what it held before or the whole of the new: a synced temporary file takes its place. Makes missing folders.
 * A link is followed. Readable by its owner only. Rejects with the system's error, and then leaves nothing behind.
 * `modifiedMs`: how old the file is to seem; default: as it is.
 *
 * Not the package write-file-atomic: on a full disk the system takes a part of the bytes, and that package (7.0.0)
 * does not look, so it puts half a file in place of the good one.
 */
export async function writeAtomic(
  path: string,
  pieces: Iterable<string>,
  { modifiedMs }: { readonly modifiedMs?: number } = {},
): Promise<void> {
  const target = await realpath(path).catch(() => path); // missing, or a link to nowhere: then the path itself
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      for (const piece of pieces) await file.writeFile(piece);
      if (modifiedMs !== undefined) await file.utimes(modifiedMs / 1_000, modifiedMs / 1_000);
      await file.sync();
    } finally {
      await file.close();
    }
    await renamePersistently(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to tell
    throw error;
  }
}

const BUSY = ['EPERM', 'EACCES', 'EBUSY'];
const WAITS_MS = [20, 60, 150, 300];

/** On Windows a virus scanner or an indexer may hold either file for a moment, and then renaming is refused. */
export async function renamePersistently(
  from: string,
  to: string,
  steps: { rename: (from: string, to: string) => Promise<void>; wait: (ms: number) => Promise<unknown> } = {
    rename,
    wait,
  },
): Promise<void> {
  for (const waitMs of WAITS_MS) {
    try {
      await steps.rename(from, to);
      return;
    } catch (error) {
      if (!BUSY.includes(String((error as NodeJS.ErrnoException).code))) throw error;
    }
    await steps.wait(waitMs);
  }
  await steps.rename(from, to);
}

/** Deletes temporary files of `path` from runs that were killed while they wrote. Never rejects. */
export async function removeLeftovers(path: string): Promise<void> {
  const dir = dirname(path);
  const isTemporary = (name: string): boolean =>
    name.startsWith(`${basename(path)}.`) && /\.[0-9a-f]{12}\.tmp$/.test(name);
  const names = await readdir(dir).catch(() => []); // a folder that is not there yet has no leftovers
  for (const name of names.filter(isTemporary)) {
    const leftover = join(dir, name);
    const stats = await stat(leftover).catch(() => undefined); // gone meanwhile
    if (stats && Date.now() - stats.mtimeMs > LEFTOVER_AGE_MS) await rm(leftover, { force: true }).catch(() => {}); // next time
  }
}
