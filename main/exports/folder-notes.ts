import { lstat, lutimes, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '../../protocol/schema.ts';
import { removeFile } from '../files/remove-file.ts';
import type { ExportRegister } from './export-job.ts';
import { sha256Of } from './sha256.ts';
import { isWorkFolder } from './work-folder.ts';

/** Longer than an export waits between its note and its folder: for its turn, for room, for a laptop that sleeps. */
const TURN_MS = 24 * 3_600_000;

const Entry = z.strictObject({ folder: z.string() });

/** A note, by its name among the notes, and the folder that it tells of. */
export interface FolderNote {
  readonly name: string;
  readonly folder: string;
}

/**
 * Remembers folders that may lie anywhere. A link each, made and removed in one step, or a small file where there are no
 * links: so several runs of Aside do not get in each other's way. Never rejects.
 */
export class FolderNotes implements ExportRegister {
  readonly #dir: string;

  /** `dir` is made with the first note. */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** False where it cannot be remembered: what cannot be offered again is made all the same. */
  async note(folder: string): Promise<boolean> {
    const entry = this.#entryOf(folder);
    try {
      await writeEntry(entry, folder).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        await mkdir(this.#dir, { recursive: true, mode: 0o700 });
        await writeEntry(entry, folder);
      });
      return true;
    } catch {
      return false; // a home that cannot be written
    }
  }

  async forget(folder: string): Promise<void> {
    await removeFile(this.#entryOf(folder)).catch(() => {}); // found stale by the next `list`
  }

  /** Those whose work folders are there, in the order of their names. Forgets those that are gone. */
  async list(): Promise<FolderNote[]> {
    const names = await readdir(this.#dir).catch(() => []); // there never was one
    const found: FolderNote[] = [];
    for (const name of names.toSorted()) {
      const folder = await this.#folderOf(name);
      if (folder !== null && (await isWorkFolder(folder))) found.push({ name, folder });
      else await this.#removeGone(name);
    }
    return found;
  }

  async remove({ name }: Pick<FolderNote, 'name'>): Promise<void> {
    await removeFile(join(this.#dir, name)).catch(() => {});
  }

  /** A note is there before its folder: that comes when the export has its turn. */
  async #removeGone(name: string): Promise<void> {
    const notedMs = await lstat(join(this.#dir, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (Math.abs(Date.now() - notedMs) > TURN_MS) await this.remove({ name });
  }

  /** Null where it was killed while it was written. */
  async #folderOf(name: string): Promise<string | null> {
    const path = join(this.#dir, name);
    try {
      return await readlink(path).catch(async () => Entry.parse(JSON.parse(await readFile(path, 'utf8'))).folder);
    } catch {
      return null;
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
