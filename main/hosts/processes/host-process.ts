import process from 'node:process';
import { systemTimers, type Timers } from '../../../protocol/contract/deadlines.ts';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import type { Port } from '../../../protocol/contract/port.ts';
import { sendNotice, withoutNotices } from '../../../protocol/contract/process-notice.ts';
import { DEFAULT_ENDING_DELAYS, type EndingDelays, endHost } from '../end-host.ts';
import type { LaunchedHost } from '../launcher.ts';
import { processNeverRan } from './process-errors.ts';
import { type ProcessExit, reasonOf } from './process-exit.ts';

/** A child process that runs a module. Nothing here blocks; none of the ways to end it ever throws. */
export interface HostProcess {
  readonly name: string;
  /** Known from the start, and still known after the end. */
  readonly pid: number;
  /** False from the moment on which its end is known; what it wrote and sent before may still be on its way. */
  readonly isAlive: boolean;
  /** null while it runs, and when a signal ended it: then `exit.signal` is its name. */
  readonly exitCode: number | null;
  /** How it ended, without waiting for it (waitpid with WNOHANG); null until `exited` has resolved. */
  readonly exit: ProcessExit | null;
  /** waitpid: resolves when it has ended, and at once when it had ended before anybody asked. Never rejects. */
  readonly exited: Promise<ProcessExit>;
  /**
   * Resolves when its module is loaded and has called `runProcess`. Rejects with `host-start`, which has Node's own words
   * in it, when the process ends before.
   */
  readonly running: Promise<void>;
  /** Messages to and from it: plain data, as it is. Closes at its end. */
  readonly port: Port;
  /** Waits for its end, for ever or for so long; null when it then still runs. Ends nothing. */
  join(timeoutMs?: number): Promise<ProcessExit | null>;
  /** Ctrl-C: SIGINT, and on Windows, which has no such thing for another process, a message. It may clean up. */
  interrupt(): void;
  /** SIGTERM. It may clean up; on Windows it cannot. */
  terminate(): void;
  /** SIGKILL, for it and the processes that it has started. It cannot refuse. */
  kill(): void;
  /** Interrupts, then terminates, then kills. Resolves at its end; with null if not even the kill ended it. */
  stop(delays?: Partial<EndingDelays>): Promise<ProcessExit | null>;
}

export interface HostProcessSetting {
  readonly name: string;
  readonly startedMs: number;
  readonly platform?: NodeJS.Platform;
  readonly timers?: Timers;
}

/** `launched` has a pid. */
export function createHostProcess(launched: LaunchedHost, setting: HostProcessSetting): HostProcess {
  const { name, startedMs, platform = process.platform, timers = systemTimers } = setting;
  const pid = launched.pid ?? 0;
  const running = createDeferred<void>();
  running.promise.catch(() => {}); // only those who wait for it want to know
  const port = withoutNotices(launched.port, (notice) => {
    if (notice === 'running') running.resolve();
    if (notice === 'leaving') sendNotice(launched.port, 'heard');
  });
  let wasAsked = false;
  let exit: ProcessExit | null = null;

  const exited = launched.exited.then((ended): ProcessExit => {
    const lastLines = launched.stderrTail();
    running.reject(processNeverRan(name, performance.now() - startedMs, lastLines));
    exit = { pid, name, ...ended, reason: reasonOf(ended, lastLines), wasAsked, lastLines };
    return exit;
  });
  const ask = (how: () => void): void => {
    if (!launched.isRunning) return;
    wasAsked = true;
    how();
  };
  const interrupt = (): void => ask(() => (platform === 'win32' ? sendNotice(port, 'interrupt') : sendInterrupt(pid)));

  return {
    name,
    pid,
    port,
    exited,
    running: running.promise,
    get isAlive() {
      return launched.isRunning;
    },
    get exit() {
      return exit;
    },
    get exitCode() {
      return exit?.exitCode ?? null;
    },
    join: (timeoutMs) => (timeoutMs === undefined ? exited : within(exited, timeoutMs, timers)),
    interrupt,
    terminate: () => ask(() => launched.kill('terminate')),
    kill: () => ask(() => launched.kill('kill')),
    stop: async (delays) => {
      const isGone = await endHost(launched, interrupt, { ...DEFAULT_ENDING_DELAYS, ...delays }, timers);
      return isGone ? exited : null;
    },
  };
}

function within<T>(promise: Promise<T>, timeoutMs: number, timers: Timers): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = timers.set(() => resolve(null), timeoutMs);
    void promise.then((value) => {
      timers.clear(timer);
      resolve(value);
    });
  });
}

/** Not to its group: what it has started is its own to end. */
function sendInterrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It is gone already, and its exit follows.
  }
}
