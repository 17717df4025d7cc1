import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import type { FileBeginning } from '../../protocol/model/file-beginning.ts';
import { removeFile } from '../files/remove-file.ts';
import { fileError } from './file-error.ts';
import { FolderLock, isLockHeld } from './folder-lock.ts';
import { placeOf } from './target-place.ts';

const LOCK = 'lock';
/** What the export was told to make. */
export const JOB = 'job.json';
export const JOURNAL = 'journal.jsonl';
export const FINISHED = 'finished.json';
/** What a batch was told to make. */
export const BATCH = 'batch.json';

/** What the name of a work folder ends with. */
export const WORK_SUFFIX = '.part';

/**
 * What tells of the rest goes first, so that no kill leaves half a folder that promises more than there is: what nobody
 * wants any more is not offered, and what is gone on with all the same begins anew.
 */
const FIRST = [JOB, BATCH, FINISHED, JOURNAL];

/**
 * The folder of an export in the making, `<target>.part`, beside the target, so that a finished file needs only a new
 * name and nothing is written outside the place that was chosen. One export at a time has it.
 */
export class WorkFolder {
  /** Where the file goes: the target, or the file that the target is a link to. */
  readonly place: string;
  readonly path: string;
  /** Whether there was no such folder before. */
  isNew = false;
  readonly #lock: FolderLock;

  private constructor(place: string) {
    this.place = place;
    this.path = `${place}${WORK_SUFFIX}`;
    this.#lock = new FolderLock(this.file(LOCK));
  }

  /**
   * Makes the folder, or takes one that an export left that was killed. Rejects with `refused` (`target-busy`) while
   * another export has it, and with `file`: reason `not-a-file` for a target that is a device, a pipe, a socket or a link
   * to nothing, reason `not-ours` where something else has that name.
   */
  static async claim(target: string): Promise<WorkFolder> {
    try {
      return await claimPlace(new WorkFolder(await placeOf(target)), target);
    } catch (error) {
      throw error instanceof AsideError ? error : fileError(target, error);
    }
  }

  /** Claims the folder at `path`, which a run has left. Rejects as `claim` does. */
  static reclaim(path: string): Promise<WorkFolder> {
    return WorkFolder.claim(path.slice(0, -WORK_SUFFIX.length));
  }

  /**
   * The folder of an export whose first host makes it (`beginning`). Rejects as `claim` does, but for what others have
   * made: that the host finds out.
   */
  static async planned(target: string): Promise<WorkFolder> {
    try {
      return new WorkFolder(await placeOf(target));
    } catch (error) {
      throw fileError(target, error);
    }
  }

  /** What a host makes first, and with it this folder. From now on it may be there: see `leaveBegun`. */
  beginning(job: string): FileBeginning {
    this.#lock.expect();
    return { ...this.goingOn(), notes: [{ path: this.file(JOB), content: job }] };
  }

  /** What a host makes first of a file in this folder, which is taken: nothing, unless it is gone. */
  goingOn(): FileBeginning {
    return { folder: this.path, mark: { path: this.#lock.path, content: this.#lock.content }, notes: [] };
  }

  /** Removes what a host has made of `beginning`, whose file is no longer there. Never rejects. */
  async leaveBegun(): Promise<void> {
    await removeFile(this.file(JOB)).catch(() => {});
    await this.#lock.drop();
    await rmdir(this.path).catch(() => this.#discardAgain());
  }

  /** There is more in it: what a host left that was killed while it began, or what another export has begun since. */
  async #discardAgain(): Promise<void> {
    const isOurs = await this.#lock.take().catch(() => false); // or it is gone
    if (isOurs) await this.discard();
  }

  /** The same, where it is not known how far a host has come with it: to nothing at all, if the folder is another's. */
  async leavePlanned(): Promise<void> {
    if (await this.#lock.isMade()) await this.discard();
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Makes the folder where there is none, and locks it. False while another export has it. */
  async take(): Promise<boolean> {
    this.isNew = await mkdir(this.path).then(
      () => true,
      async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        if (!(await isWorkFolder(this.path))) throw notOurs(this.path);
        return false;
      },
    );
    return this.#lock.take().catch(async (error: unknown) => {
      if (this.isNew) await rmdir(this.path).catch(() => {}); // a full disk has room for a folder, and none for a lock
      throw error;
    });
  }

  /** Leaves the folder to a later export that goes on; one with nothing in it is removed. Never rejects. */
  async release(): Promise<void> {
    await this.#lock.drop();
    await rmdir(this.path).catch(() => {}); // there is something in it
  }

  /** Removes what is in the folder but `kept`, and keeps the folder. Rejects with what the file system says. */
  async clear(kept: readonly string[] = []): Promise<void> {
    const names = (await readdir(this.path)).filter((name) => name !== LOCK && !kept.includes(name));
    for (const name of new Set([...FIRST.filter((first) => names.includes(first)), ...names])) {
      // Nothing of ours is a folder; what somebody has put there would keep the work folder for ever.
      await removeFile(this.file(name)).catch(() => rm(this.file(name), { recursive: true, force: true }));
    }
  }

  /** Removes the folder with all that is in it. Never rejects: what stays is empty, or offered again. */
  async discard(): Promise<void> {
    await this.clear().catch(() => {});
    await this.release();
  }
}

const ATTEMPTS = 3;

async function claimPlace(folder: WorkFolder, target: string): Promise<WorkFolder> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (await folder.take()) return folder;
      throw alreadyBusy(target);
    } catch (error) {
      // Removed between two steps by the export that had it: then it is free.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Nothing else has files of these names. */
const TELLING: ReadonlySet<string> = new Set([JOURNAL, BATCH]);

/** A folder of ours, perhaps one whose export was killed before it had written anything. */
export async function isWorkFolder(path: string): Promise<boolean> {
  const names = await readdir(path).catch(() => null); // a file, or not to be read
  return names !== null && (names.length === 0 || names.some((name) => TELLING.has(name) || name.startsWith(LOCK)));
}

/** Whether a process that lives is at work there, as it may be where the disk does not tell. Never rejects. */
export const isWorkedOn = (path: string): Promise<boolean> => isLockHeld(join(path, LOCK)).catch(() => true);

/** Removes a folder that nobody works at. False where somebody has begun to meanwhile. */
export async function discardLeft(path: string): Promise<boolean> {
  const work = await WorkFolder.reclaim(path).catch(() => null);
  await work?.discard();
  return work !== null;
}

function alreadyBusy(path: string): AsideError<'refused'> {
  return new AsideError('refused', `${path} is being written by another export`, {
    details: { reason: 'target-busy' },
    remedy: 'Wait for that export, cancel it, or choose another name.',
  });
}

function notOurs(path: string): AsideError<'file'> {
  return new AsideError('file', `${path} is in the way: Aside makes a folder of that name while it exports`, {
    details: { path, reason: 'not-ours' },
    remedy: `Move or rename ${basename(path)}, or choose another name for the export.`,
  });
}
