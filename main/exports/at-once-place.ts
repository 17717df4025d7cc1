import type { FileBeginning } from '../../protocol/model/file-beginning.ts';
import { removeFile } from '../files/remove-file.ts';
import type { ExportJob, SharedFolder } from './export-job.ts';
import { isThere, MAKE_AGAIN, requireFreeNames, requireFreeTargets } from './free-targets.ts';
import { wholeJob } from './saved-job.ts';
import { moveInto, renameTo } from './target-place.ts';
import { WorkFolder } from './work-folder.ts';

/** Where a file lies that is made at once, until it is whole. */
export interface AtOncePlace {
  /** The folder. */
  readonly path: string;
  /** The file in it. */
  readonly audioPath: string;
  /** Where it goes. */
  readonly target: string;
  /** What a host makes before it. Its text can be asked for once it is remembered. */
  begin(): Promise<FileBeginning>;
  /** Gives the file its name. Rejects with `file` and `refused`. */
  finish(): Promise<void>;
  /** Removes what is left. Never rejects. */
  leave(isMade: boolean): Promise<void>;
}

/** A folder of its own, which its host makes. Rejects with `file` and `refused`. */
export async function ownPlace(job: ExportJob): Promise<AtOncePlace> {
  const folder = await WorkFolder.planned(job.path);
  await requireFreeTargets(job, folder);
  const audioPath = folder.file(AUDIO);
  return {
    path: folder.path,
    audioPath,
    target: folder.place,
    begin: async () => {
      await job.unfinished?.note(folder.path);
      return folder.beginning(wholeJob(job));
    },
    finish: async () => {
      await requireFreeNames(job, folder.place, [{ from: audioPath, to: folder.place }], MAKE_AGAIN);
      await moveInto(audioPath, folder.place);
    },
    leave: async (isMade) => {
      if (isMade) await folder.leaveBegun();
      else await folder.leavePlanned();
      // A folder that is there is another export's, perhaps of a run that was killed: the note is about that, too.
      if (isMade || !(await isThere(folder.path))) await job.unfinished?.forget(folder.path);
    },
  };
}

const AUDIO = 'audio';

/**
 * The folder of the batch, which tells of all its texts. Null where the text has one of its own: of a run that was
 * killed, or of another export. Rejects with `file` and `refused`.
 */
export async function placeInBatch(job: ExportJob, batch: SharedFolder): Promise<AtOncePlace | null> {
  const own = await WorkFolder.planned(job.path);
  if (await isThere(own.path)) return null;
  await requireFreeTargets(job, own);
  const target = own.place;
  const audioPath = batch.newFile();
  return {
    path: batch.path,
    audioPath,
    target,
    begin: async () => batch.beginning,
    finish: async () => {
      await requireFreeNames(job, target, [{ from: audioPath, to: target }], MAKE_AGAIN);
      await renameTo(audioPath, target);
    },
    leave: (isMade) => (isMade ? Promise.resolve() : removeFile(audioPath).catch(() => {})),
  };
}
