import { rm } from 'node:fs/promises';
import { BoundaryLog } from './boundary-log.ts';
import type { ExportJob } from './export-job.ts';
import { changesBetween, recipeOf } from './export-recipe.ts';
import { tagsOf } from './export-tags.ts';
import { type Finished, readFinished } from './finished-export.ts';
import { type ExportRecipe, Journal } from './journal.ts';
import { mayBeHuge } from './may-be-huge.ts';
import { OutputFiles } from './output-files.ts';
import { saveJob, saveText } from './saved-job.ts';
import { createRoomWatch, type RoomWatch } from './when-room.ts';
import { FINISHED, JOURNAL, type WorkFolder } from './work-folder.ts';

/** What an export in the making has on disk. */
export interface ExportWork {
  readonly folder: WorkFolder;
  /** Of the job. */
  readonly recipe: ExportRecipe;
  readonly journal: Journal;
  readonly files: OutputFiles;
  /** null where nobody wants them. */
  readonly boundaries: BoundaryLog | null;
  /** What an earlier run has completed, so that only names are missing. */
  readonly finished: Finished | null;
  whenRoom<T>(attempt: () => Promise<T>): Promise<T>;
}

/** Takes up what an earlier run of the same job has left, as far as it is whole; else begins anew. */
export async function openWork(job: ExportJob, folder: WorkFolder, signal: AbortSignal): Promise<ExportWork> {
  const recipe = recipeOf(job);
  const { whenRoom } = roomWatchOf(job, signal);
  const files = new OutputFiles({
    audio: job.audio,
    folder,
    recipe,
    mayBeHuge: mayBeHuge(job),
    signal,
    whenRoom,
    tagsOf: (file, joined) => tagsOf(job, file, joined),
  });
  await job.unfinished?.note(folder.path);
  const resumed = await resume(job, recipe, folder, files);
  const journal = resumed?.journal ?? (await whenRoom(() => begin(job, recipe, folder)));
  // Wanted by the run that began it, they are still noted: whoever wants them again has all of them.
  const boundaries = journal.recipe.wantBoundaries ? new BoundaryLog(folder, journal.joined.at(-1)) : null;
  return { folder, recipe, journal, files, boundaries, finished: resumed?.finished ?? null, whenRoom };
}

/** Tells the job's owner of a full disk. */
export function roomWatchOf(job: ExportJob, signal: AbortSignal): RoomWatch {
  return createRoomWatch(signal, {
    onFull: () => job.onNotice?.({ kind: 'disk-full', path: job.path }),
    onRoom: () => job.onNotice?.({ kind: 'room-again' }),
  });
}

/** The journal comes last: without it there is nothing to go on with, whenever it was killed. */
async function begin(job: ExportJob, recipe: ExportRecipe, folder: WorkFolder): Promise<Journal> {
  await folder.clear();
  await saveText(folder, job.text);
  await saveJob(folder, job, recipe.textSha256);
  return Journal.create(folder.file(JOURNAL), recipe);
}

async function resume(
  job: ExportJob,
  recipe: ExportRecipe,
  folder: WorkFolder,
  files: OutputFiles,
): Promise<{ journal: Journal; finished: Finished | null } | null> {
  const journal = await Journal.open(folder.file(JOURNAL));
  if (!journal) return null;
  try {
    const changed = changesBetween(journal.recipe, recipe);
    if (changed.length > 0) {
      job.onNotice?.({ kind: 'started-over', changed });
      await journal.close();
      return null;
    }
    const finished = await readFinished(folder, job, recipe);
    if (!finished) {
      // It tells of files that are about to change: no later run may believe it.
      await rm(folder.file(FINISHED), { force: true });
      await journal.cut(await BoundaryLog.intact(folder, journal.joined));
      await journal.cut(await files.intact(journal.joined));
    }
    await saveJob(folder, job, recipe.textSha256); // what it makes beside the audio may be something else now
    const last = journal.joined.at(-1);
    if (last) job.onNotice?.({ kind: 'resumed', percent: Math.floor((last.endIndex / job.text.length) * 100) });
    return { journal, finished };
  } catch (error) {
    await journal.close();
    throw error;
  }
}
