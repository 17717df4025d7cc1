import process from 'node:process';
import type { Libc } from './libc.ts';

/**
 * Has the kernel end this process with its parent, so that it also ends while nothing here can run. `parentPid` is the
 * parent as it was when this process began: the parent may have died before the kernel was asked, and then never will
 * again. Linux only, and tied to the parent's thread that forked; everywhere else, and without the C library, the
 * closing of the parent's channel does it (see `claimParentPort`).
 */
export function watchParent(libc: Libc, parentPid: number, onOrphaned: () => void): void {
  if (process.platform !== 'linux') return;
  libc.killWithParent();
  if (process.ppid !== parentPid) onOrphaned();
}
