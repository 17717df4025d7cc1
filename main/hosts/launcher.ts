import type { Port } from '../../protocol/contract/port.ts';

export interface LaunchOptions {
  /** Names the host in errors and in the system's list of processes. */
  readonly engine: string;
  /** Absolute path of the host's program, a JavaScript file. */
  readonly entryPath: string;
  readonly args: readonly string[];
  /** Added to the launcher's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Opens a lane to its engine thread, where the launcher can. */
  readonly wantsLane?: boolean;
  /** Called with each line that it writes to stdout or stderr, beside the launcher's own log. */
  readonly onLine?: (line: string) => void;
}

/** How a host ended. Exactly one of `exitCode` and `signal` is a value where the platform tells both. */
export interface HostExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** One running child process. */
export interface LaunchedHost {
  /** undefined until it has been spawned, and for good when spawning failed. */
  readonly pid: number | undefined;
  /** Resolves with true when it has been spawned, with false when it never will be. Under `fork` before anything else happens. */
  readonly spawned: Promise<boolean>;
  /** False before it has been spawned and as soon as it is known to have ended; `port` may still deliver what it said. */
  readonly isRunning: boolean;
  /** Closes when the process has ended, with `host-exited`, or `host-start` when it never came to life. */
  readonly port: Port;
  /** See `createLane`; for a host that says in `host.ready` that it has one. null when it was not wanted, or cannot be had. */
  readonly lane: Port | null;
  /** Resolves when the process has ended and its stderr is drained, or when it could not be spawned. Never rejects. */
  readonly exited: Promise<HostExit>;
  /** The last lines that the process wrote to stderr, oldest first. */
  stderrTail(): string[];
  /** `terminate` lets it clean up, `kill` cannot be refused. Never throws, also when it is long gone. */
  kill(how: 'terminate' | 'kill'): void;
}

/** Starts child processes that speak over a port. `launch` returns at once and never throws: see `LaunchedHost.port`. */
export interface Launcher {
  readonly name: 'fork' | 'utility-process';
  launch(options: LaunchOptions): LaunchedHost;
}
