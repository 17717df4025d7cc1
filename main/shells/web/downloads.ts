import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError } from '../../exports/file-error.ts';
import type { Log } from '../../logging/log.ts';
import { safeFileName } from '../safe-file-name.ts';

const DOWNLOAD_PREFIX = '/download/';
const FOLDER_PREFIX = 'downloads-';

export interface Download {
  /** Where the file is, or will be. */
  readonly path: string;
  readonly fileName: string;
}

/** Files that browsers fetch, in a folder of this run that only this user can read. */
export interface Downloads {
  /** A place for a file, and the path on our origin where it can then be fetched. */
  reserve(suggestedName: string): Promise<{ path: string; downloadPath: string }>;
  /** The place with that path, whether or not its file is there yet; null for any other path. */
  find(pathname: string): Download | null;
  /** Removes the folder with all that is in it. */
  close(): Promise<void>;
}

/** Also removes what runs that were killed have left under `dataDir`. Rejects with `file`. */
export async function openDownloads(dataDir: string, log: Log): Promise<Downloads> {
  const folder = await makeFolder(dataDir, log).catch((cause: unknown) => {
    throw fileError(join(dataDir, FOLDER_PREFIX), cause);
  });
  const byPathname = new Map<string, Download>();
  return {
    reserve: async (suggestedName) => {
      const id = randomBytes(16).toString('base64url');
      const fileName = safeFileName(suggestedName);
      const path = join(folder, id, fileName);
      await mkdir(dirname(path), { mode: 0o700 }).catch((cause: unknown) => {
        throw fileError(path, cause);
      });
      const downloadPath = `${DOWNLOAD_PREFIX}${id}/${encodeURIComponent(fileName)}`;
      byPathname.set(downloadPath, { path, fileName });
      return { path, downloadPath };
    },
    find: (pathname) => byPathname.get(pathname) ?? null,
    close: async () => {
      byPathname.clear();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) =>
        log.warn('the folder of downloads stays until the next start', { folder, error }),
      );
    },
  };
}

async function makeFolder(dataDir: string, log: Log): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  await removeStale(dataDir, log);
  // The name tells whose it is. mkdtemp makes it with mode 0700.
  return mkdtemp(join(dataDir, `${FOLDER_PREFIX}${process.pid}-`));
}

async function removeStale(dataDir: string, log: Log): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(FOLDER_PREFIX)) continue;
    const pid = Number.parseInt(name.slice(FOLDER_PREFIX.length), 10);
    if (Number.isInteger(pid) && isRunning(pid)) continue; // a second Aside beside this one
    const folder = join(dataDir, name);
    await rm(folder, { recursive: true, force: true }).catch((error: unknown) =>
      log.warn('an old folder of downloads cannot be removed', { folder, error }),
    );
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and another user's
  }
}
