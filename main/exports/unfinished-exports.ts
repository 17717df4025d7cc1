import { join } from 'node:path';
import type { ExportProgress } from '../../protocol/model/export.ts';
import type { ExportRegister } from './export-job.ts';
import { FolderNotes } from './folder-notes.ts';
import { Journal } from './journal.ts';
import { type FoundJob, isOfOtherVersion, readJob } from './saved-job.ts';
import { discardLeft, isWorkedOn, JOURNAL, WorkFolder } from './work-folder.ts';

/** An export that was begun, is not done, and that nobody works at. */
export interface UnfinishedExport extends FoundJob {
  /** The folder of its work. */
  readonly folder: string;
  readonly percent: number;
}

/** How far it had come, for somebody who has not seen it run. */
export function progressOf({ text, percent }: UnfinishedExport): ExportProgress {
  const charsDone = Math.floor((percent / 100) * text.length);
  return { charsDone, charsTotal: text.length, audioMs: 0, timesRealTime: 0, remainingMs: null };
}

/**
 * Remembers where exports are at work, since they lie beside their targets, which may be anywhere: so that one whose
 * process was killed can be offered again.
 */
export class UnfinishedExports implements ExportRegister {
  readonly #notes: FolderNotes;

  constructor(dataDir: string) {
    this.#notes = new FolderNotes(join(dataDir, 'unfinished'));
  }

  note(folder: string): Promise<boolean> {
    return this.#notes.note(folder);
  }

  forget(folder: string): Promise<void> {
    return this.#notes.forget(folder);
  }

  /** Those that can be gone on with. Forgets those that are gone. */
  async list(): Promise<UnfinishedExport[]> {
    const found: UnfinishedExport[] = [];
    for (const note of await this.#notes.list()) {
      const { folder } = note;
      if (await isWorkedOn(folder)) continue;
      const unfinished = await readUnfinished(folder);
      if (unfinished) found.push(unfinished);
      // Of one that was killed before it had begun there is nothing to lose, and nothing to go on with.
      else if (!(await isOfOtherVersion(folder)) && (await discardLeft(folder))) await this.#notes.remove(note);
    }
    return found;
  }

  /** Removes the work of an unfinished export for good. Rejects with `refused` while another goes on with it. */
  async discard({ folder, job }: UnfinishedExport): Promise<void> {
    const work = await WorkFolder.claim(job.path);
    await work.discard();
    await this.forget(folder);
  }
}

async function readUnfinished(folder: string): Promise<UnfinishedExport | null> {
  const saved = await readJob(folder);
  if (!saved) return null;
  const endIndex = await Journal.peek(join(folder, JOURNAL)).catch(() => 0); // not to be read: offered as not begun
  return { folder, ...saved, percent: Math.floor((endIndex / saved.text.length) * 100) };
}
