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

/**
 * Files that browsers fetch, in a folder of this run that only this user can read. Files elsewhere may be offered as well,
 * as those of an export that the command has begun: they are the user's, and stay whatever happens here.
 */
export interface Downloads {
  /**
   * A place for a file, and the path on our origin where it can then be fetched. Of the finished exports the newest
   * `KEPT_DOWNLOADS`, those kept and those on hold stay, older ones are removed, as are places whose file never came.
   */
  reserve(suggestedName: string): Promise<{ path: string; downloadPath: string }>;
  /** The place with that path, whether or not its file is there yet; null for any other path. */
  find(pathname: string): Download | null;
  /** Keeps what is in the folder of `path`, beside what is kept anyhow, until the returned function is called. */
  keep(path: string): () => void;
  /** Where a file can be fetched, which may be another than the one that its place was reserved for. */
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
  const { folder, left } = await makeFolder(dataDir, FOLDER_PREFIX, { log, unfinished }).catch((error: unknown) => {
    log.warn('downloads go to the temporary folder: there is no place in the data folder', { dataDir, error });
    return makeFolder(tmpdir(), `aside-${FOLDER_PREFIX}`, { log, unfinished }).catch((cause: unknown) => {
      throw fileError(join(tmpdir(), `aside-${FOLDER_PREFIX}`), cause);
    });
  });
  const byPathname = new Map<string, Download>();
  /** One entry per transfer. */
  const holds = new Map<symbol, Download>();
  /** What a queue still shows: one entry for each time that it is kept, since two exports may share a folder. */
  const kept = new Map<symbol, string>();
  /** Of each folder that something is offered from. */
  const ids = new Map<string, string>();
  /** Of this run, and of killed ones whose exports go on here. What is anywhere else is the user's own. */
  const ownFolders = new Set([folder, ...left]);
  const isOwn = (place: string): boolean => ownFolders.has(dirname(place));

  function idOf(place: string): string {
    const id = ids.get(place) ?? randomBytes(16).toString('base64url');
    ids.set(place, id);
    return id;
  }

  async function removeOld(): Promise<void> {
    const places = await Promise.all([...byPathname].map(placeOf));
    for (const old of finishedFolders(places).slice(KEPT_DOWNLOADS)) {
      const files = places.filter(({ download }) => dirname(download.path) === old);
      if (files.some(({ download }) => [...holds.values()].includes(download))) continue;
      for (const { pathname } of files) byPathname.delete(pathname); // first, so that nobody begins to fetch what goes
      if (isOwn(old)) await removeFolder(old, log);
    }
    for (const { pathname, download, finishedAtMs } of places) {
      if (finishedAtMs !== null || now() - download.reservedAtMs < EMPTY_PLACE_TIMEOUT_MS) continue;
      const place = dirname(download.path);
      if (!isOwn(place) || (await removeIfEmpty(place))) byPathname.delete(pathname);
    }
  }

  /** Of exports of which there is a file, the newest first; not those that are kept. */
  function finishedFolders(places: readonly Place[]): string[] {
    const newest = new Map<string, number>();
    const keptFolders = new Set([...kept.values()].map((path) => dirname(path)));
    for (const { download, finishedAtMs } of places) {
      const folder = dirname(download.path);
      if (finishedAtMs === null || keptFolders.has(folder)) continue;
      newest.set(folder, Math.max(finishedAtMs, newest.get(folder) ?? 0));
    }
    return [...newest].sort(([, a], [, b]) => b - a).map(([folder]) => folder);
  }

  function offer(path: string): string {
    const fileName = basename(path);
    const downloadPath = pathnameOf(idOf(dirname(path)), fileName);
    byPathname.set(downloadPath, { path, fileName, reservedAtMs: now() });
    return downloadPath;
  }

  return {
    reserve: async (suggestedName) => {
      await removeOld();
      const fileName = safeFileName(suggestedName);
      const path = join(folder, randomBytes(16).toString('base64url'), fileName);
      await mkdir(dirname(path), { mode: 0o700 }).catch((cause: unknown) => {
        throw fileError(path, cause);
      });
      return { path, downloadPath: offer(path) };
    },
    find: (pathname) => byPathname.get(pathname) ?? null,
    keep: (path) => {
      const entry = Symbol(path);
      kept.set(entry, path);
      return () => void kept.delete(entry);
    },
    offer,
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

interface MadeFolder {
  readonly folder: string;
  /** Folders of killed runs in which exports are not done. */
  readonly left: readonly string[];
}

async function makeFolder(parent: string, prefix: string, stale: StaleFolders): Promise<MadeFolder> {
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
