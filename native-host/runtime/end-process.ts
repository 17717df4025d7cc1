import { writeSync } from 'node:fs';
import process from 'node:process';
import type { Libc } from './libc.ts';

/** How a host ends of its own will. The numbers follow sysexits.h where it has a word for the case. */
export const ExitCode = {
  /** Shut down as asked, or the engine cannot run here and the parent has been told. */
  done: 0,
  /** Wrong command line, or not started by Aside. */
  usage: 64,
  /** An uncaught exception or unhandled rejection: a defect. */
  defect: 70,
  /** The engine thread ended without being asked to. */
  engineThreadDied: 71,
  /** The engine did not come back within the grace period of a shutdown. */
  engineStuck: 75,
  /** The parent sent something that is no message of the protocol. */
  protocol: 76,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

let libc: Libc | undefined;

/** With the C library in hand, `endAtOnce` can say its exit code. */
export function endThroughLibc(loaded: Libc): void {
  libc = loaded;
}

/** For a host whose engine is idle: runs exit handlers and joins the engine thread. A program may have codes of its own. */
export function endOrderly(code: number, why?: string): never {
  if (why !== undefined) writeLastWords(why);
  process.exit(code);
}

/**
 * For a host that has closed its engine and said so: nothing is left to be done by exit handlers or by the engine thread,
 * whose end and whose heap's would take 30 to 50 ms, which whoever ends Aside waits for.
 */
export function endClosed(): never {
  libc?.exitNow(ExitCode.done);
  endOrderly(ExitCode.done);
}

/**
 * Ends the process now, also when the engine thread is stuck in native code; `process.exit` and `process.reallyExit`
 * would wait for that thread for ever. Where the C library is not at hand, and on Windows, the process kills itself
 * instead: the parent then sees SIGKILL (on Windows exit code 1), and the reason only in the line on stderr.
 */
export function endAtOnce(code: ExitCode, why: string): never {
  writeLastWords(why);
  libc?.exitNow(code);
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // until the signal arrives
}

function writeLastWords(why: string): void {
  try {
    writeSync(2, `aside host ${process.pid}: ${why}\n`);
  } catch {
    // The parent's end of stderr is closed or full; there is nobody left to tell.
  }
}
