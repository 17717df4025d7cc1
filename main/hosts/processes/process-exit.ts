import type { HostExit } from '../launcher.ts';

/** How a process ended, for people who decide what to do next. */
export type ExitReason =
  /** Exit code 0. */
  | 'clean'
  /**
   * Another exit code: it ended by its own decision, or of an exception that nobody caught. For utility processes of
   * Electron under POSIX also a signal: its number is the code then.
   */
  | 'failed'
  /** A signal, ours or somebody else's: SIGTERM, SIGINT, SIGKILL (also by a system that is out of memory) … */
  | 'killed'
  /** It did what no process may: SIGSEGV, SIGABRT and their kind, on Windows an exception code such as 0xC0000005. */
  | 'crashed'
  /** JavaScript's own memory was full. (A system that is out of memory kills: `killed`, SIGKILL.) */
  | 'out-of-memory'
  /** The platform does not say. */
  | 'unknown';

/** The end of one process, told once. */
export interface ProcessExit extends HostExit {
  readonly pid: number;
  readonly name: string;
  readonly reason: ExitReason;
  /** Somebody called `interrupt`, `terminate`, `kill` or `stop` before. */
  readonly wasAsked: boolean;
  /** The last lines that it wrote to stdout and stderr, oldest first, at most 20. */
  readonly lastLines: readonly string[];
}

const CRASHES = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT', 'SIGTRAP', 'SIGSYS', 'SIGIOT']);

/** Windows ends a process that it has to stop with an NTSTATUS of severity "error": winnt.h, ntstatus.h. */
const FIRST_NTSTATUS_ERROR = 0xc000_0000;

export function reasonOf({ exitCode, signal }: HostExit, lastLines: readonly string[]): ExitReason {
  const isCrash = signal === null ? (exitCode ?? 0) >>> 0 >= FIRST_NTSTATUS_ERROR : CRASHES.has(signal);
  if (isCrash)
    return lastLines.some((line) => line.includes('JavaScript heap out of memory')) ? 'out-of-memory' : 'crashed';
  if (signal !== null) return 'killed';
  if (exitCode === null) return 'unknown';
  return exitCode === 0 ? 'clean' : 'failed';
}
