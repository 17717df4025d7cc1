import { lstat, open } from 'node:fs/promises';
import { AsideError } from '../../protocol/errors.ts';
import type { ExportJob } from './export-job.ts';
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

/** What is there of the files that the job will make, but the one that it may replace. */
async function found(job: ExportJob, { place }: WorkFolder): Promise<string[]> {
  const { split = WHOLE, timingsPath, subtitlesPath, mayReplace } = job;
  const companions = [timingsPath, subtitlesPath].filter((path) => path !== undefined);
  const names = new NamesInFolders();
  if (split.by !== 'nothing')
    return (await Promise.all([place, ...companions].map((path) => names.firstPartsOf(path)))).flat();
  const targets = mayReplace === 'named' ? companions : [place, ...companions];
  const areThere = await Promise.all(targets.map(isThere));
  return targets.filter((_, at) => areThere[at]);
}

/**
 * Finds out whether what is made can get its names without taking the place of a file that the job may not replace.
 * Rejects with `refused` (`target-exists`); then no name is given.
 */
export async function requireFreeNames(
  job: ExportJob,
  folder: WorkFolder,
  moves: readonly { readonly from: string; readonly to: string }[],
): Promise<void> {
  if (mayReplaceAnything(job)) return;
  for (const { from, to } of moves) {
    if (job.mayReplace === 'named' && to === folder.place) continue;
    const made = folder.file(from);
    if (!(await isThere(made))) continue; // it was given its name by the run that was killed
    // A file with the same bytes is one that a killed run had made, or as good as that: nothing of it is lost.
    if ((await isThere(to)) && !(await haveSameBytes(made, to))) throw targetExists(to, KEPT);
  }
}

const KEPT = 'Delete or rename it and export again: what is made is kept, and only has to be given its name.';
const mayReplaceAnything = ({ mayReplace = 'anything' }: ExportJob): boolean => mayReplace === 'anything';

function remedyFor({ mayReplace }: ExportJob): string {
  return mayReplace === 'named' ? 'Delete or rename it and export again, or choose another name.' : OTHER_FOLDER;
}

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
