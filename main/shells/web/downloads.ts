import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileError } from '../../exports/file-error.ts';
import { safeFileName } from '../../exports/safe-file-name.ts';
import { WORK_SUFFIX } from '../../exports/work-folder.ts';
import { isRunning } from '../../files/is-running.ts';
import type { Log } from '../../logging/log.ts';

const DOWNLOAD_PREFIX = '/download/';
const FOLDER_PREFIX = 'downloads-';

/** How many finished exports stay when a new one is made: a browser fetches its files at once, and perhaps once more. */
export const KEPT_DOWNLOADS = 3;
/** An export makes its file at once. A place that is empty after this time is of one that failed or was cancelled. */
export const EMPTY_PLACE_TIMEOUT_MS = 10_000;

export interface Download {
  /** Where the file is, or will be. */
  readonly path: string;
  readonly fileName: string;
  readonly reservedAtMs: number;
}

/** Files that browsers fetch, in a folder of this run that only this user can read. */
export interface Downloads {
  /**
   * A place for a file, and the path on our origin where it can then be fetched. Of the finished exports the newest
   * `KEPT_DOWNLOADS`, those kept and those on hold stay, older ones are removed, as are places whose file never came.
   */
  reserve(suggestedName: string): Promise<{ path: string; downloadPath: string }>;
  /** The place with that path, whether or not its file is there yet; null for any other path. */
  find(pathname: string): Download | null;
  /** Keeps what is in the folder of a place, beside what is kept anyhow, until the returned function is called. */
  keep(path: string): () => void;
  /** Where a file in the folder of a place can be fetched, which may be another than the one it was reserved for. */
  offer(path: string): string;
  /** Keeps its file while it is being sent, until the returned function is called. */
  hold(download: Download): () => void;
  /** Removes the folder with all that is in it, but exports that are not done: the next run offers them again. */
  close(): Promise<void>;
}

/**
 * Also removes what runs that were killed have left, but the folders that hold one of the `unfinished` paths. Where `dataDir` cannot be written, as on a read-only home, the
 * system's folder for temporary files serves. Rejects with `file` when neither does.
 */
export async function openDownloads(
  dataDir: string,
  log: Log,
  { unfinished = [], now = () => performance.now() }: { unfinished?: readonly string[]; now?: () => number } = {},
): Promise<Downloads> {
  const folder = await makeFolder(dataDir, FOLDER_PREFIX, { log, unfinished }).catch((error: unknown) => {
    log.warn('downloads go to the temporary folder: there is no place in the data folder', { dataDir, error });
    return makeFolder(tmpdir(), `aside-${FOLDER_PREFIX}`, { log, unfinished }).catch((cause: unknown) => {
      throw fileError(join(tmpdir(), `aside-${FOLDER_PREFIX}`), cause);
    });
  });
  const byPathname = new Map<string, Download>();
  /** One entry per transfer. */
  const holds = new Map<symbol, Download>();
  /** Folders that a queue still shows. */
  const kept = new Set<string>();

  async function removeOld(): Promise<void> {
    const places = await Promise.all([...byPathname].map(placeOf));
    for (const old of finishedFolders(places).slice(KEPT_DOWNLOADS)) {
      const files = places.filter(({ download }) => dirname(download.path) === old);
      if (files.some(({ download }) => [...holds.values()].includes(download))) continue;
      for (const { pathname } of files) byPathname.delete(pathname); // first, so that nobody begins to fetch what goes
      await removeFolder(old, log);
    }
    for (const { pathname, download, finishedAtMs } of places) {
      if (finishedAtMs !== null || now() - download.reservedAtMs < EMPTY_PLACE_TIMEOUT_MS) continue;
      if (await removeIfEmpty(dirname(download.path))) byPathname.delete(pathname);
    }
  }

  /** Of exports of which there is a file, the newest first; not those that are kept. */
  function finishedFolders(places: readonly Place[]): string[] {
    const newest = new Map<string, number>();
    for (const { download, finishedAtMs } of places) {
      const folder = dirname(download.path);
      if (finishedAtMs === null || kept.has(folder)) continue;
      newest.set(folder, Math.max(finishedAtMs, newest.get(folder) ?? 0));
    }
    return [...newest].sort(([, a], [, b]) => b - a).map(([folder]) => folder);
  }

  return {
    reserve: async (suggestedName) => {
      await removeOld();
      const id = randomBytes(16).toString('base64url');
      const fileName = safeFileName(suggestedName);
      const path = join(folder, id, fileName);
      await mkdir(dirname(path), { mode: 0o700 }).catch((cause: unknown) => {
        throw fileError(path, cause);
      });
      const downloadPath = pathnameOf(id, fileName);
      byPathname.set(downloadPath, { path, fileName, reservedAtMs: now() });
      return { path, downloadPath };
    },
    find: (pathname) => byPathname.get(pathname) ?? null,
    keep: (path) => {
      kept.add(dirname(path));
      return () => void kept.delete(dirname(path));
    },
    offer: (path) => {
      const [id, fileName] = [basename(dirname(path)), basename(path)];
      const downloadPath = pathnameOf(id, fileName);
      byPathname.set(downloadPath, { path, fileName, reservedAtMs: now() });
      return downloadPath;
    },
    hold: (download) => {
      const transfer = Symbol(download.fileName);
      holds.set(transfer, download);
      return () => void holds.delete(transfer);
    },
    close: async () => {
      byPathname.clear();
      await removeFinished(folder).catch((error: unknown) =>
        log.warn('the folder of downloads stays until the next start', { folder, error }),
      );
    },
  };
}

function pathnameOf(id: string, fileName: string): string {
  return `${DOWNLOAD_PREFIX}${id}/${encodeURIComponent(fileName)}`;
}

interface Place {
  readonly pathname: string;
  readonly download: Download;
  /** By the clock of the file system; null while there is no whole file. */
  readonly finishedAtMs: number | null;
}

async function placeOf([pathname, download]: readonly [string, Download]): Promise<Place> {
  const found = await stat(download.path).catch(() => null); // not finished, or removed by somebody else
  return { pathname, download, finishedAtMs: found?.mtimeMs ?? null };
}

/** False when there is something in it: an export that is still running. */
async function removeIfEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}

async function removeFolder(folder: string, log: Log): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch((error: unknown) =>
    log.warn('an old folder of downloads cannot be removed', { folder, error }),
  );
}

/** All but places in which an export is at work, or was paused. */
async function removeFinished(folder: string): Promise<void> {
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

interface StaleFolders {
  readonly log: Log;
  readonly unfinished: readonly string[];
}

async function makeFolder(parent: string, prefix: string, stale: StaleFolders): Promise<string> {
  await mkdir(parent, { recursive: true, mode: 0o700 }); // what people write is nobody else's business
  await removeStale(parent, prefix, stale);
  // The name tells whose it is. mkdtemp makes it with mode 0700.
  return mkdtemp(join(parent, `${prefix}${process.pid}-`));
}

async function removeStale(parent: string, prefix: string, { log, unfinished }: StaleFolders): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (Number.isInteger(pid) && isRunning(pid)) continue; // a second Aside beside this one
    const folder = join(parent, name);
    if (unfinished.some((path) => dirname(dirname(path)) === folder)) continue;
    await removeFolder(folder, log);
  }
}
