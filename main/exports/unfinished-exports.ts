import { lstat, lutimes, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportProgress } from '../../protocol/model/export.ts';
import { z } from '../../protocol/schema.ts';
import { removeFile } from '../files/remove-file.ts';
import type { ExportRegister } from './export-job.ts';
import { Journal } from './journal.ts';
import { isOfOtherVersion, readJob, type SavedJob } from './saved-job.ts';
import { sha256Of } from './sha256.ts';
import { isWorkedOn, isWorkFolder, JOURNAL, WORK_SUFFIX, WorkFolder } from './work-folder.ts';

/** An export that was begun, is not done, and that nobody works at. */
export interface UnfinishedExport {
  /** The folder of its work. */
  readonly folder: string;
  readonly job: SavedJob;
  readonly text: string;
  readonly percent: number;
}

/** How far it had come, for somebody who has not seen it run. */
export function progressOf({ text, percent }: UnfinishedExport): ExportProgress {
  const charsDone = Math.floor((percent / 100) * text.length);
  return { charsDone, charsTotal: text.length, audioMs: 0, timesRealTime: 0, remainingMs: null };
}

/** Longer than an export waits between its note and its folder: for its turn, for room, for a laptop that sleeps. */
const TURN_MS = 24 * 3_600_000;

const Entry = z.strictObject({ folder: z.string() });

/**
 * Remembers where exports are at work, since they lie beside their targets, which may be anywhere: so that one whose
 * process was killed can be offered again. A link each, made and removed in one step, or a small file where there are no
 * links: so several runs of Aside do not get in each other's way.
 */
export class UnfinishedExports implements ExportRegister {
  readonly #dir: string;

  constructor(dataDir: string) {
    this.#dir = join(dataDir, 'unfinished');
  }

  /** An export that cannot be offered again is made all the same. */
  async note(folder: string): Promise<void> {
    const entry = this.#entryOf(folder);
    try {
      await writeEntry(entry, folder).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        await mkdir(this.#dir, { recursive: true, mode: 0o700 });
        await writeEntry(entry, folder);
      });
    } catch {
      // A home that cannot be written.
    }
  }

  async forget(folder: string): Promise<void> {
    await removeFile(this.#entryOf(folder)).catch(() => {}); // found stale by the next `list`
  }

  /** Those that can be gone on with. Forgets those that are gone. */
  async list(): Promise<UnfinishedExport[]> {
    const names = await readdir(this.#dir).catch(() => []); // there never was one
    const found: UnfinishedExport[] = [];
    for (const name of names.toSorted()) {
      const folder = await this.#folderOf(name);
      if (folder === null || !(await isWorkFolder(folder))) {
        await this.#forgetGone(name);
        continue;
      }
      if (await isWorkedOn(folder)) continue;
      const unfinished = await readUnfinished(folder);
      if (unfinished) found.push(unfinished);
      else if (!(await isOfOtherVersion(folder))) await this.#removeUnbegun(name, folder);
    }
    return found;
  }

  /** Removes the work of an unfinished export for good. Rejects with `refused` while another goes on with it. */
  async discard({ folder, job }: UnfinishedExport): Promise<void> {
    const work = await WorkFolder.claim(job.path);
    await work.discard();
    await this.forget(folder);
  }

  /** Of one that was killed before it had begun there is nothing to lose, and nothing to go on with. */
  async #removeUnbegun(name: string, folder: string): Promise<void> {
    const target = folder.slice(0, -WORK_SUFFIX.length);
    const work = await WorkFolder.claim(target).catch(() => null); // somebody has begun meanwhile
    if (!work) return;
    await work.discard();
    await removeFile(join(this.#dir, name)).catch(() => {});
  }

  /** A note is there before its folder: that comes when the export has its turn. */
  async #forgetGone(name: string): Promise<void> {
    const path = join(this.#dir, name);
    const notedMs = await lstat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (Math.abs(Date.now() - notedMs) > TURN_MS) await removeFile(path).catch(() => {});
  }

  async #folderOf(name: string): Promise<string | null> {
    const path = join(this.#dir, name);
    try {
      return await readlink(path).catch(async () => Entry.parse(JSON.parse(await readFile(path, 'utf8'))).folder);
    } catch {
      return null; // half a file, of a run that was killed
    }
  }

  #entryOf(folder: string): string {
    return join(this.#dir, `${sha256Of(folder).slice(0, 16)}.json`);
  }
}

async function writeEntry(entry: string, folder: string): Promise<void> {
  const write = () => writeFile(entry, JSON.stringify({ folder }));
  if (process.platform === 'win32') return write(); // links need a privilege there
  await symlink(folder, entry).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw error;
    if (error.code !== 'EEXIST' || !(await isLink(entry))) return write();
    await lutimes(entry, new Date(), new Date()); // noted anew
  });
}

const isLink = (path: string): Promise<boolean> => lstat(path).then((found) => found.isSymbolicLink());

async function readUnfinished(folder: string): Promise<UnfinishedExport | null> {
  const saved = await readJob(folder);
  if (!saved) return null;
  const endIndex = await Journal.peek(join(folder, JOURNAL)).catch(() => 0); // not to be read: offered as not begun
  return { folder, ...saved, percent: Math.floor((endIndex / saved.text.length) * 100) };
}
