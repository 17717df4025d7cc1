import { randomUUID } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import type { Koffi, Memory } from './memory.ts';
import { createMapFile } from './posix-map.ts';

const NAME = /^aside-shared-(\d+)-[\da-f-]{36}$/;

/** Of this process, to be removed with it. */
const ours = new Set<string>();

/**
 * A file of this user only, in the folder for temporary ones: for systems without memory that has a file descriptor and a
 * way to hand it on (macOS). It is removed when it is closed and when the process ends. After a kill it stays, until the
 * next process that creates one here finds that its creator is gone.
 */
export function createFileMemory(koffi: Koffi, folder = tmpdir()): Memory {
  const map = createMapFile(koffi);
  return {
    create: (bytes) => {
      removeLeftOvers(folder);
      const path = join(folder, `aside-shared-${process.pid}-${randomUUID()}`);
      const fd = openSync(path, 'wx+', 0o600);
      if (ours.size === 0) process.once('exit', removeOurs);
      ours.add(path);
      try {
        ftruncateSync(fd, bytes);
        return { buffer: map(fd, bytes), address: path, close: () => remove(path) };
      } catch (error) {
        remove(path);
        throw error;
      } finally {
        closeSync(fd);
      }
    },
    open: (address, bytes) => {
      if (!NAME.test(basename(address)) || dirname(address) !== folder)
        throw new Error(`${address} is no address of shared memory`);
      const fd = openSync(address, 'r+');
      try {
        return { buffer: map(fd, bytes), address, close: () => {} };
      } finally {
        closeSync(fd);
      }
    },
  };
}

function remove(path: string): void {
  if (ours.delete(path)) rmSync(path, { force: true });
  if (ours.size === 0) process.off('exit', removeOurs);
}

function removeOurs(): void {
  for (const path of [...ours]) remove(path);
}

function removeLeftOvers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(NAME.exec(name)?.[1] ?? process.pid);
    if (isGone(pid)) rmSync(join(folder, name), { force: true });
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'; // EPERM: somebody else's, and alive
  }
}
