import { BoundaryLog } from './boundary-log.ts';
import type { ExportJob } from './export-job.ts';
import { changesBetween, recipeOf } from './export-recipe.ts';
import { tagsOf } from './export-tags.ts';
import { readFinished } from './finished-export.ts';
import { Journal } from './journal.ts';
import { OutputFiles } from './output-files.ts';
import { saveJob } from './saved-job.ts';
import { createRoomWatch } from './when-room.ts';
import { JOURNAL, type WorkFolder } from './work-folder.ts';

/** What an export in the making has on disk. */
export interface ExportWork {
  readonly folder: WorkFolder;
  readonly journal: Journal;
  readonly files: OutputFiles;
  /** null where nobody wants them. */
  readonly boundaries: BoundaryLog | null;
  whenRoom<T>(attempt: () => Promise<T>): Promise<T>;
}

/** A WAV file might come to more than 4 GB: at the highest rate that voices have, and four times as slow as usual. */
const SLOWEST_BYTES_PER_CHAR = 4 * 62 * 96;

/** Takes up what an earlier run of the same job has left, as far as it is whole; else begins anew. */
export async function openWork(job: ExportJob, folder: WorkFolder, signal: AbortSignal): Promise<ExportWork> {
  const recipe = recipeOf(job);
  const { whenRoom } = createRoomWatch(signal, {
    onFull: () => job.onNotice?.({ kind: 'disk-full', path: job.path }),
    onRoom: () => job.onNotice?.({ kind: 'room-again' }),
  });
  const files = new OutputFiles({
    audio: job.audio,
    folder,
    recipe,
    mayBeHuge: (job.text.length * SLOWEST_BYTES_PER_CHAR) / job.prosody.rate > 0xffff_ffff,
    signal,
    whenRoom,
    tagsOf: (file) => tagsOf(job, file),
  });
  await job.unfinished?.note(folder.path);
  const journal = (await resume(job, folder, files)) ?? (await whenRoom(() => begin(job, folder)));
  const boundaryBytes = journal.joined.at(-1)?.boundaryBytes ?? 0;
  const boundaries = recipe.wantBoundaries
    ? await BoundaryLog.open(folder.file('boundaries.jsonl'), boundaryBytes)
    : null;
  return { folder, journal, files, boundaries, whenRoom };
}

async function begin(job: ExportJob, folder: WorkFolder): Promise<Journal> {
  await saveJob(folder, job);
  return Journal.create(folder.file(JOURNAL), recipeOf(job));
}

async function resume(job: ExportJob, folder: WorkFolder, files: OutputFiles): Promise<Journal | null> {
  const journal = await Journal.open(folder.file(JOURNAL));
  if (!journal) return null;
  const changed = changesBetween(journal.recipe, recipeOf(job));
  if (changed.length > 0) {
    job.onNotice?.({ kind: 'started-over', changed });
    await journal.close();
    return null;
  }
  if (!(await readFinished(folder))) await journal.cut(await files.intact(journal.joined));
  const last = journal.joined.at(-1);
  if (last) job.onNotice?.({ kind: 'resumed', percent: Math.floor((last.endIndex / job.text.length) * 100) });
  return journal;
}
