import { linkSync, mkdirSync, readFileSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { link, mkdir, readFile, rmdir, unlink, writeFile } from 'node:fs/promises';
import { AsideError } from '../../protocol/errors.ts';
import type { FileBeginning } from '../../protocol/model/file-beginning.ts';
import { toFileError } from './file-error.ts';

interface Calls {
  link(from: string, to: string): unknown;
  mkdir(path: string): unknown;
  readText(path: string): string | Promise<string>;
  rmdir(path: string): unknown;
  unlink(path: string): unknown;
  write(path: string, content: string, flag?: 'w' | 'wx'): unknown;
}

/** For a thread that may block, where each takes 10 µs, and for one that may not. */
const CALLS = {
  blocking: {
    link: linkSync,
    mkdir: (path) => mkdirSync(path),
    readText: (path) => readFileSync(path, 'utf8'),
    rmdir: (path) => rmdirSync(path),
    unlink: unlinkSync,
    write: (path, content, flag = 'w') => writeFileSync(path, content, { flag }),
  },
  later: {
    link,
    mkdir: (path) => mkdir(path),
    readText: (path) => readFile(path, 'utf8'),
    rmdir: (path) => rmdir(path),
    unlink,
    write: (path, content, flag = 'w') => writeFile(path, content, { flag }),
  },
} satisfies Record<string, Calls>;
export type FileCalls = keyof typeof CALLS;

/**
 * Makes the folder of a file, and in it what tells whose it is. One that is there is gone on with where its mark says that
 * it is the caller's: an attempt made it that has failed. Throws `refused` (`target-busy`) for any other, also where
 * another export is quicker with its mark, and `file`. Removes nothing but what it has made.
 */
export async function beginFile({ folder, mark, notes }: FileBeginning, how: FileCalls): Promise<void> {
  const calls: Calls = CALLS[how];
  try {
    if (await isMade(calls, folder)) await markNew(calls, folder, mark);
    else if (!(await isMarked(calls, mark))) throw busy(folder);
    for (const note of notes) await unlessOthers(folder, () => calls.write(note.path, note.content));
  } catch (error) {
    throw error instanceof AsideError ? error : toFileError(folder, error);
  }
}

/** A folder without a mark is anybody's: where the disk is full, it goes again. */
async function markNew(calls: Calls, folder: string, { path, content }: FileBeginning['mark']): Promise<void> {
  const whole = `${path}.${process.pid}`;
  try {
    await unlessOthers(folder, () => calls.write(whole, content));
    await unlessOthers(folder, () => putInPlace(calls, whole, path, content));
    await calls.unlink(whole);
  } catch (error) {
    await tidy(() => calls.unlink(whole));
    await tidy(() => calls.rmdir(folder));
    throw error;
  }
}

/** Whole from the beginning where the disk can link, so that a kill leaves no half of it. */
async function putInPlace(calls: Calls, whole: string, path: string, content: string): Promise<void> {
  try {
    await calls.link(whole, path);
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
    await calls.write(path, content, 'wx');
  }
}

/** Whoever finds an empty folder takes it or removes it. */
async function unlessOthers(folder: string, attempt: () => unknown): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    throw ['EEXIST', 'ENOENT'].includes(codeOf(error)) ? busy(folder) : error;
  }
}

async function tidy(attempt: () => unknown): Promise<void> {
  try {
    await attempt();
  } catch {
    // The first failure is the one to tell.
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

async function isMade(calls: Calls, folder: string): Promise<boolean> {
  try {
    await calls.mkdir(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
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
