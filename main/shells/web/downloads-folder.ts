import { mkdir, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileError } from '../../exports/file-error.ts';
import { WORK_SUFFIX } from '../../exports/work-folder.ts';
import { isRunning } from '../../files/is-running.ts';
import type { Log } from '../../logging/log.ts';

const FOLDER_PREFIX = 'downloads-';

export interface DownloadsFolder {
  readonly folder: string;
  /** Folders of killed runs in which exports are not done. */
  readonly left: readonly string[];
}

interface StaleFolders {
  readonly log: Log;
  /** Where exports will be that are not done. */
  readonly unfinished: readonly string[];
}

/**
 * Makes a folder of this run, and removes what runs that were killed have left, but the folders that hold one of the
 * `unfinished` paths. Where `dataDir` cannot be written, as on a read-only home, the system's folder for temporary files
 * serves. Rejects with `file` when neither does.
 */
export async function openDownloadsFolder(dataDir: string, stale: StaleFolders): Promise<DownloadsFolder> {
  return makeFolder(dataDir, FOLDER_PREFIX, stale).catch((error: unknown) => {
    stale.log.warn('downloads go to the temporary folder: there is no place in the data folder', { dataDir, error });
    return makeFolder(tmpdir(), `aside-${FOLDER_PREFIX}`, stale).catch((cause: unknown) => {
      throw fileError(join(tmpdir(), `aside-${FOLDER_PREFIX}`), cause);
    });
  });
}

async function makeFolder(parent: string, prefix: string, stale: StaleFolders): Promise<DownloadsFolder> {
  await mkdir(parent, { recursive: true, mode: 0o700 }); // what people write is nobody else's business
  const left = await removeStale(parent, prefix, stale);
  // The name tells whose it is. mkdtemp makes it with mode 0700.
  return { folder: await mkdtemp(join(parent, `${prefix}${process.pid}-`)), left };
}

/** What `mkdtemp` makes of a process id, and nothing else that begins alike. */
const OF_RUN = /^(\d+)-[A-Za-z0-9]{6}$/u;

/** Returns the folders that it leaves for what is unfinished in them. */
async function removeStale(parent: string, prefix: string, { log, unfinished }: StaleFolders): Promise<string[]> {
  const left: string[] = [];
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(prefix) ? OF_RUN.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid === undefined || isRunning(Number(pid))) continue; // not ours, or a second Aside beside this one
    const folder = join(parent, name);
    if (unfinished.some((path) => dirname(dirname(path)) === folder)) left.push(folder);
    else await removeFolder(folder, log);
  }
  return left;
}

/** All but places in which an export is at work, or was paused. */
export async function removeFinished(folder: string): Promise<void> {
  const places = await readdir(folder);
  const isUnfinished = async (place: string): Promise<boolean> =>
    (await readdir(join(folder, place))).some((name) => name.endsWith(WORK_SUFFIX));
  let hasUnfinished = false;
  for (const place of places) {
    if (await isUnfinished(place)) hasUnfinished = true;
    else await rm(join(folder, place), { recursive: true, force: true, maxRetries: 3 });
  }
  if (!hasUnfinished) await rmdir(folder);
}

export async function removeFolder(folder: string, log: Log): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch((error: unknown) =>
    log.warn('an old folder of downloads cannot be removed', { folder, error }),
  );
}
