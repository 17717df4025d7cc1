import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { AsideError, type ErrorDetails } from '../../protocol/errors.ts';

export interface ProgramOptions {
  readonly args?: readonly string[] | undefined;
  /** Default: the directory of this process. */
  readonly cwd?: string | undefined;
  /** Default: the environment of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** What it reads from stdin; default: nothing. */
  readonly input?: string | Uint8Array | undefined;
  /** How long it may take before it is killed; null, the default: as long as the call of the host may. */
  readonly timeoutMs?: number | null | undefined;
  /** How much it may write to stdout, and to stderr, before it is killed; default: 1 MiB. */
  readonly maxOutputBytes?: number | undefined;
}

/** How it ended and what it wrote. A program that ends with another exit code than 0 is no error. */
export interface ProgramResult {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/**
 * Runs a program to its end, as subprocess.run does: blocks this thread, which for a host is its engine thread. `file` is
 * a path, or a name that is looked for in PATH. There is no shell in between: arguments are what they are. Throws
 * `program` when it cannot be started, takes too long or writes too much, with the end of what it wrote.
 *
 * While it runs, a cancel cannot reach this thread. The call counts as deaf then: its host is killed after the grace
 * period and the program with it, where there are process groups (POSIX); on Windows it ends at its next write. Of a
 * program that is killed here only itself is: what it has started may live on, but nobody waits for it.
 *
 * Only for hosts of your own: no request of Aside's contracts leads here.
 */
export function runProgram(file: string, options: ProgramOptions = {}): ProgramResult {
  const { args = [], timeoutMs = null, maxOutputBytes = 1024 ** 2, cwd, env, input } = options;
  const ended = spawnSync(file, args, {
    ...(cwd !== undefined && { cwd }),
    ...(env && { env }),
    ...(input !== undefined && { input }),
    ...(timeoutMs !== null && { timeout: timeoutMs }),
    maxBuffer: maxOutputBytes,
    killSignal: 'SIGKILL',
    windowsHide: true,
  });
  if (ended.error) throw programFailed(file, ended, options);
  return { exitCode: ended.status, signal: ended.signal, stdout: ended.stdout, stderr: ended.stderr };
}

const LAST_LINES = 20;
const MAX_LINE_CHARS = 500;
type Failure = ErrorDetails<'program'>['reason'];

const remedies: Readonly<Record<Failure, string>> = {
  'not-started': 'Look at its path: it must exist and be executable. A name without a path must be in PATH.',
  timeout: 'Give it more time (timeoutMs), or less to do.',
  'output-limit': 'Raise maxOutputBytes, or have it write to a file.',
};

function programFailed(file: string, ended: SpawnSyncReturns<Buffer>, options: ProgramOptions): AsideError<'program'> {
  const { code = null, message } = ended.error as NodeJS.ErrnoException & { code?: string };
  const reason = code === 'ETIMEDOUT' ? 'timeout' : code === 'ENOBUFS' ? 'output-limit' : 'not-started';
  const told = {
    'not-started': `could not be started: ${message}`,
    timeout: `took longer than ${options.timeoutMs} ms and was killed`,
    'output-limit': `wrote more than it may and was killed`,
  }[reason];
  return new AsideError('program', `The program ${file} ${told}`, {
    details: {
      program: file,
      reason,
      systemCode: reason === 'not-started' ? code : null,
      lastLines: lastLinesOf(ended),
    },
    remedy: remedies[reason],
    cause: ended.error,
  });
}

/** What it wrote to stderr, or else to stdout. */
function lastLinesOf({ stdout, stderr }: SpawnSyncReturns<Buffer | null>): string[] {
  const text = [stderr, stdout].map((bytes) => bytes?.toString('utf8').trim() ?? '').find((said) => said !== '') ?? '';
  return text === ''
    ? []
    : text
        .split(/\r?\n/)
        .slice(-LAST_LINES)
        .map((line) => line.slice(0, MAX_LINE_CHARS));
}
