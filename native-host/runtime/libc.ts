import { loadKoffi } from './load-koffi.ts';

/** The few functions of the C library that Node has no words for. POSIX only. */
export interface Libc {
  /** Ends the process at once, without joining threads and without exit handlers: _exit(2). */
  exitNow(code: number): never;
  /** Has the kernel kill this process when the thread that forked it ends: prctl(2), Linux only. */
  killWithParent(): boolean;
  /** Makes file descriptor `to` another name of `from`: dup2(2). */
  duplicate(from: number, to: number): boolean;
}

const PR_SET_PDEATHSIG = 1; // linux/prctl.h
const SIGKILL = 9;

/** Throws where koffi cannot run; every caller has another way then. */
export function loadLibc(): Libc {
  const koffi = loadKoffi();
  const self = koffi.load(null); // the running program, which has its C library in it
  const dup2 = self.func('int dup2(int, int)');
  const exit = self.func('void _exit(int)');
  return {
    exitNow: (code) => exit(code) as never,
    duplicate: (from, to) => dup2(from, to) === to,
    killWithParent: () => {
      const prctl = self.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)');
      return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) === 0;
    },
  };
}
