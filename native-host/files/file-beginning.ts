import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { AsideError } from '../../protocol/errors.ts';
import type { FileBeginning } from '../../protocol/model/file-beginning.ts';
import { toFileError } from './file-error.ts';

interface Calls {
  mkdir(path: string): unknown;
  readText(path: string): string | Promise<string>;
  remove(folder: string): unknown;
  write(path: string, content: string, flag: 'w' | 'wx'): unknown;
}

/** For a thread that may block, where each takes 10 µs, and for one that may not. */
const CALLS = {
  blocking: {
    mkdir: (path) => mkdirSync(path),
    readText: (path) => readFileSync(path, 'utf8'),
    remove: (folder) => rmSync(folder, { recursive: true, force: true }),
    write: (path, content, flag) => writeFileSync(path, content, { flag }),
  },
  later: {
    mkdir: (path) => mkdir(path),
    readText: (path) => readFile(path, 'utf8'),
    remove: (folder) => rm(folder, { recursive: true, force: true }),
    write: (path, content, flag) => writeFile(path, content, { flag }),
  },
} satisfies Record<string, Calls>;
export type FileCalls = keyof typeof CALLS;

/**
 * Makes the folder of a file, and in it what tells whose it is. One that is there is gone on with where its mark says that
 * it is the caller's: an attempt made it that has failed. Throws `refused` (`target-busy`) for any other, and `file`.
 */
export async function beginFile({ folder, mark, notes }: FileBeginning, how: FileCalls): Promise<void> {
  const calls: Calls = CALLS[how];
  try {
    if (await isMade(calls, folder)) await markNew(calls, folder, mark);
    else if (!(await isMarked(calls, mark))) throw busy(folder);
    for (const note of notes) await calls.write(note.path, note.content, 'w');
  } catch (error) {
    throw error instanceof AsideError ? error : toFileError(folder, error);
  }
}

/** A folder without its mark would be nobody's: where the disk is full, it goes again. */
async function markNew(calls: Calls, folder: string, mark: FileBeginning['mark']): Promise<void> {
  try {
    await calls.write(mark.path, mark.content, 'wx');
  } catch (error) {
    await calls.remove(folder);
    throw error;
  }
}

async function isMade(calls: Calls, folder: string): Promise<boolean> {
  try {
    await calls.mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isMarked(calls: Calls, { path, content }: FileBeginning['mark']): Promise<boolean> {
  try {
    return (await calls.readText(path)) === content;
  } catch {
    return false; // somebody else's, and perhaps on its way
  }
}

function busy(folder: string): AsideError<'refused'> {
  return new AsideError('refused', `${folder} is there already, and another export’s`, {
    details: { reason: 'target-busy' },
    remedy: 'Wait for that export, cancel it, or choose another name.',
  });
}
