import { randomBytes } from 'node:crypto';
import { copyFile, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { renamePersistently } from '../files/write-atomic.ts';
import { fileError } from './file-error.ts';

/** Where a file goes: the target, or the file that the target is a link to. Rejects with what the file system says. */
export async function placeOf(target: string): Promise<string> {
  // A rename would silently put a file in the place of a device, so only files are replaced.
  if ((await unlessAbsent(lstat(target))) === null) return target;
  const stats = await unlessAbsent(stat(target));
  if (stats?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  if (!stats?.isFile()) throw Object.assign(new Error('not a file'), { code: 'not-a-file' });
  return await realpath(target);
}

async function unlessAbsent<T>(found: Promise<T>): Promise<T | null> {
  return found.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/**
 * Finds out, before the work is done, whether a file can be made there. In `ownDir` the export makes its folder first, and
 * nothing is tried: a kill would leave it. Rejects with `file`.
 */
export async function requireWritable(target: string, ownDir: string): Promise<void> {
  try {
    const place = await placeOf(target);
    if (dirname(place) === ownDir) return;
    const probe = temporaryBeside(place);
    await (await open(probe, 'wx')).close();
    await rm(probe);
  } catch (cause) {
    throw fileError(target, cause);
  }
}

/** Puts a finished file in the target's place in one step, across disks too. Rejects with `file`. */
export async function moveInto(from: string, target: string): Promise<void> {
  try {
    await renameTo(from, await placeOf(target));
  } catch (cause) {
    throw fileError(target, cause);
  }
}

/** The same for a place that was just looked for (`placeOf`). Rejects with what the file system says. */
export async function renameTo(from: string, place: string): Promise<void> {
  await renamePersistently(from, place).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error;
    await copyAcross(from, place);
  });
}

async function copyAcross(from: string, place: string): Promise<void> {
  const copy = temporaryBeside(place);
  try {
    await copyFile(from, copy);
    await rename(copy, place);
    await rm(from);
  } catch (error) {
    await rm(copy, { force: true }).catch(() => {}); // the first error is the one to tell
    throw error;
  }
}

/** A name that no other export shares, and that no file has. */
const temporaryBeside = (place: string): string => `${place}.${randomBytes(4).toString('hex')}.part`;
