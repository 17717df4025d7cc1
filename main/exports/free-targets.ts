import { lstat, open, stat } from 'node:fs/promises';
import { AsideError } from '../../protocol/errors.ts';
import type { ExportJob, MayReplace } from './export-job.ts';
import { WHOLE } from './export-recipe.ts';
import { NamesInFolders } from './names-in-folders.ts';
import { isBegun } from './saved-job.ts';
import type { WorkFolder } from './work-folder.ts';

const READ_BYTES = 256 * 1024;

/**
 * Finds out, before anything is made, whether a file is in the way that the job may not replace. How many parts there
 * will be is not known yet, so of a series the first is looked for. Rejects with `refused` (`target-exists`).
 */
export async function requireFreeTargets(job: ExportJob, folder: WorkFolder): Promise<void> {
  if (mayReplaceAnything(job)) return;
  // It was looked at when it was begun: what is there now may be of the run that was killed, as is found out in the end.
  if (!folder.isNew && (await isBegun(folder.path, job))) return;
  const [path] = await found(job, folder);
  if (path !== undefined) throw targetExists(path, remedyFor(job));
}

/** What is there of the files that the job will make, but those that it may replace. */
async function found(job: ExportJob, { place }: WorkFolder): Promise<string[]> {
  const { split = WHOLE, timingsPath, subtitlesPath, mayReplace } = job;
  const companions = [timingsPath, subtitlesPath].filter((path) => path !== undefined);
  if (split.by === 'nothing') return inTheWay(mayReplace === 'named' ? companions : [place, ...companions], mayReplace);
  // A series is only known by its first part, which may be another text's: what came since is found out in the end.
  if (typeof mayReplace === 'object') return [];
  const names = new NamesInFolders();
  return (await Promise.all([place, ...companions].map((target) => names.firstPartsOf(target)))).flat();
}

/** Those that are there and that may not be replaced. */
async function inTheWay(paths: readonly string[], mayReplace: MayReplace | undefined): Promise<string[]> {
  const isOld = async (path: string): Promise<boolean> => {
    if (typeof mayReplace !== 'object') return false;
    const stats = await stat(path).catch(() => null);
    // A file that was moved there is as old as it was, but for its entry; and some disks keep no time for that.
    return stats !== null && Math.max(stats.mtimeMs, stats.ctimeMs) < mayReplace.olderThanMs;
  };
  const areInTheWay = await Promise.all(paths.map(async (path) => (await isThere(path)) && !(await isOld(path))));
  return paths.filter((_, at) => areInTheWay[at]);
}

/**
 * Finds out whether what is made can get its names without taking the place of a file that the job may not replace. Paths
 * are absolute; `place` is where the audio goes. Rejects with `refused` (`target-exists`); then no name is given.
 */
export async function requireFreeNames(
  { mayReplace = 'anything' }: ExportJob,
  place: string,
  moves: readonly { readonly from: string; readonly to: string }[],
  remedy = KEPT,
): Promise<void> {
  if (mayReplace === 'anything') return;
  for (const { from, to } of moves) {
    if (mayReplace === 'named' && to === place) continue;
    if (!(await isThere(from))) continue; // it was given its name by the run that was killed
    if ((await inTheWay([to], mayReplace)).length === 0) continue;
    // A file with the same bytes is one that a killed run had made, or as good as that: nothing of it is lost.
    if (!(await haveSameBytes(from, to))) throw targetExists(to, remedy);
  }
}

/** Of what is made at once nothing is kept. */
export const MAKE_AGAIN = 'Delete or rename it and export again.';

const KEPT = 'Delete or rename it and export again: what is made is kept, and only has to be given its name.';
const mayReplaceAnything = ({ mayReplace = 'anything' }: ExportJob): boolean => mayReplace === 'anything';

function remedyFor({ mayReplace }: ExportJob): string {
  if (typeof mayReplace === 'object') return NEWER;
  return mayReplace === 'named' ? 'Delete or rename it and export again, or choose another name.' : OTHER_FOLDER;
}

const NEWER =
  'It came or was changed since this was asked for. To have it made all the same, delete or rename it and try again.';

/** For many texts, of which nobody chooses each name. */
const OTHER_FOLDER = 'Delete or rename it and retry, or choose another folder.';

/** The user was not asked whether `path` may be replaced. */
export function targetExists(path: string, remedy = OTHER_FOLDER): AsideError<'refused'> {
  return new AsideError('refused', `${path} is there already`, {
    details: { reason: 'target-exists' },
    remedy,
  });
}

/** A link counts, wherever it leads. */
export async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false, // whatever else is wrong with it, writing it tells
  );
}

async function haveSameBytes(made: string, target: string): Promise<boolean> {
  const [mine, other] = await Promise.all([lstat(made), lstat(target)]);
  if (!other.isFile() || mine.size !== other.size) return false;
  const [one, two] = await Promise.all([open(made), open(target)]);
  try {
    const [left, right] = [Buffer.alloc(READ_BYTES), Buffer.alloc(READ_BYTES)];
    for (let at = 0; at < mine.size; at += READ_BYTES) {
      const reads = await Promise.all([one.read(left, 0, READ_BYTES, at), two.read(right, 0, READ_BYTES, at)]);
      const [a, b] = [left.subarray(0, reads[0].bytesRead), right.subarray(0, reads[1].bytesRead)];
      if (!a.equals(b)) return false;
    }
    return true;
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
}
