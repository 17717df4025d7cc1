import process from 'node:process';
import { AsideError } from '../../protocol/errors.ts';
import type { Libc } from './libc.ts';

/**
 * Has the kernel end this process with its parent, so that it also ends while nothing here can run. `parentPid` is the
 * parent as it was when this process began: the parent may have died before the kernel was asked, and then never will
 * again. Linux only, and for hosts forked by a thread that lives as long as the parent, as Node's does: the kernel
 * looks at the thread, not at the process. Everywhere else, and without the C library, the closing of the parent's
 * channel does it (see `claimParentPort`). Throws `internal` when the kernel refuses.
 */
export function watchParent(libc: Libc, parentPid: number, onOrphaned: () => void): void {
  if (process.platform !== 'linux') return;
  if (!libc.killWithParent()) throw new AsideError('internal', 'prctl(PR_SET_PDEATHSIG) failed', { details: {} });
  if (process.ppid !== parentPid) onOrphaned();
}
