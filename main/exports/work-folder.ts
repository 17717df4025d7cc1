import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { basename, join } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import { fileError } from './file-error.ts';
import { placeOf } from './target-place.ts';

const LOCK = 'lock';
export const JOURNAL = 'journal.jsonl';

/** Folders that an export of this process is working in. */
const ours = new Set<string>();

/**
 * The folder of an export in the making, `<target>.part`, beside the target, so that a finished file needs only a new
 * name and nothing is written outside the place that was chosen. One export at a time has it.
 */
export class WorkFolder {
  /** Where the file goes: the target, or the file that the target is a link to. */
  readonly place: string;
  readonly path: string;

  private constructor(place: string) {
    this.place = place;
    this.path = workPathOf(place);
  }

  /**
   * Makes the folder, or takes one that an export left that was killed. Rejects with `refused` (`target-busy`) while
   * another export has it, and with `file`: reason `not-a-file` for a target that is a device, a pipe, a socket or a link
   * to nothing, reason `not-ours` where something else has that name.
   */
  static async claim(target: string): Promise<WorkFolder> {
    try {
      const folder = new WorkFolder(await placeOf(target));
      if (ours.has(folder.path)) throw alreadyBusy(target);
      await folder.#lock(target);
      ours.add(folder.path);
      return folder;
    } catch (error) {
      throw error instanceof AsideError ? error : fileError(target, error);
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Leaves the folder to a later export that goes on. */
  async release(): Promise<void> {
    ours.delete(this.path);
    await rm(this.file(LOCK), { force: true }).catch(() => {}); // then it is stale once this process is gone
  }

  /** Removes the folder with all that is in it. Never rejects. */
  async discard(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 3 }).catch(() => {}); // gone with its own folder, or stale
    ours.delete(this.path);
  }

  async #lock(target: string): Promise<void> {
    await mkdir(this.path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      if (!(await isWorkFolder(this.path))) throw notOurs(this.path);
    });
    const handle = await open(this.file(LOCK), 'wx').catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      if (await isLocked(this.path)) throw alreadyBusy(target);
      return open(this.file(LOCK), 'w');
    });
    await handle.writeFile(String(process.pid)).finally(() => handle.close());
  }
}

/** What the name of a work folder ends with. */
export const WORK_SUFFIX = '.part';

const workPathOf = (place: string): string => `${place}${WORK_SUFFIX}`;

/** A folder of ours, perhaps one whose export was killed before it had written anything. */
export async function isWorkFolder(path: string): Promise<boolean> {
  const names = await readdir(path).catch(() => null); // a file, or not to be read
  return names !== null && (names.length === 0 || names.includes(JOURNAL) || names.includes(LOCK));
}

/** Whether a process that lives is at work there. A lock from before the machine was started tells of none. */
export async function isLocked(path: string): Promise<boolean> {
  const lock = join(path, LOCK);
  const found = await Promise.all([readFile(lock, 'utf8'), stat(lock)]).catch(() => null);
  if (!found) return false;
  const [content, { mtimeMs }] = found;
  const pid = Number.parseInt(content, 10);
  const startedAtMs = Date.now() - uptime() * 1000;
  if (!Number.isInteger(pid) || mtimeMs < startedAtMs) return false;
  return pid === process.pid ? ours.has(path) : isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and another user's
  }
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
