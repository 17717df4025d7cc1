import { randomBytes } from 'node:crypto';
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileError } from '../../exports/file-error.ts';
import { safeFileName } from '../../exports/safe-file-name.ts';
import type { Log } from '../../logging/log.ts';
import { openDownloadsFolder, removeFinished, removeFolder } from './downloads-folder.ts';

const DOWNLOAD_PREFIX = '/download/';

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

/** Rejects as `openDownloadsFolder` does. */
export async function openDownloads(
  dataDir: string,
  log: Log,
  { unfinished = [], now = () => performance.now() }: { unfinished?: readonly string[]; now?: () => number } = {},
): Promise<Downloads> {
  const { folder, left } = await openDownloadsFolder(dataDir, { log, unfinished });
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
    for (const old of finishedFolders(places, kept.values()).slice(KEPT_DOWNLOADS)) {
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

/** Of exports of which there is a file, the newest first; not those of which one of the paths is `kept`. */
function finishedFolders(places: readonly Place[], kept: Iterable<string>): string[] {
  const newest = new Map<string, number>();
  const keptFolders = new Set([...kept].map((path) => dirname(path)));
  for (const { download, finishedAtMs } of places) {
    const folder = dirname(download.path);
    if (finishedAtMs === null || keptFolders.has(folder)) continue;
    newest.set(folder, Math.max(finishedAtMs, newest.get(folder) ?? 0));
  }
  return [...newest].sort(([, a], [, b]) => b - a).map(([folder]) => folder);
}

/** False when there is something in it: an export that is still running. */
async function removeIfEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}
