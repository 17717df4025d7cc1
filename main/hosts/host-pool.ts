import { systemTimers, type Timers } from '../../protocol/contract/deadlines.ts';
import type { Contract, Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { HostExitReport } from '../../protocol/model/host-exit.ts';
import { DEFAULT_ENDING_DELAYS, type EndingDelays } from './end-host.ts';
import type { Launcher } from './launcher.ts';
import type { PoolCallOptions, PooledCall } from './pool-call.ts';
import type { PoolStatistics } from './pool-statistics.ts';
import { createTaskMethods } from './pool-tasks.ts';
import { DEFAULT_RESTART_LIMITS, type RestartLimits } from './restart-policy.ts';
import type { SlotStatus } from './slot-status.ts';
import type { ControlledContract } from './supervised-host.ts';
import { SupervisedPool } from './supervised-pool.ts';
import type { TaskMethods } from './task-methods.ts';

export type { PoolCallOptions, PooledCall } from './pool-call.ts';
export type { TaskOutcome } from './task-feed.ts';
export type { TaskInputs } from './task-inputs.ts';
export type { TaskOptions } from './task-methods.ts';

export interface HostPoolOptions<C extends ControlledContract> {
  readonly contract: C;
  /** Any name; it tells these hosts from others in errors, statuses and the system's list of processes. */
  readonly engine: string;
  readonly launcher: Launcher;
  /** Absolute path of the host's program. */
  readonly entryPath: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A fixed number of hosts, at least 1: short for `maxBusy: size, spares: 0, idleMs: null`. */
  readonly size?: number;
  /** Calls that run at the same time, at least 1; default 2. */
  readonly maxBusy?: number;
  /** Idle hosts kept ready while any is busy, each started a moment after it is missed; default 1. */
  readonly spares?: number;
  /** Calls that may wait; default 1000. */
  readonly queueLimit?: number;
  readonly restartLimits?: Partial<RestartLimits>;
  /** How long a host may take to end a cancelled call before it is killed; default 150. */
  readonly cancelGraceMs?: number;
  /**
   * How long a host may be at a call before it is asked whether it is still there. One that leaves two questions unanswered
   * (10 s) is killed, and its call rejects with `host-exited`: a call without deadlines does not wait for ever for a host
   * that was stopped. A blocking engine does not keep `native-host/runtime` from answering. null: never; default 30 000.
   */
  readonly pulseMs?: number | null;
  /** How long a host may take to become ready; default 10 000. */
  readonly startTimeoutMs?: number;
  /** How long the pool may have nothing to do before it lets all hosts but one go; null: for ever; default 60 000. */
  readonly idleMs?: number | null;
  /**
   * A host is given no more calls than so many, because native engines leak, and is then replaced. Its replacement is
   * started with its last call, so that the next call need not wait for it. Default: no limit.
   */
  readonly maxCallsPerHost?: number;
  /** A host that holds more memory is replaced as soon as there is another in its place; default 1 GiB. */
  readonly maxRssBytesPerHost?: number;
  readonly endingDelays?: Partial<EndingDelays>;
  readonly timers?: Timers;
  /** Milliseconds of a clock that only goes forward; goes with `timers`. */
  readonly now?: () => number;
}

/**
 * Hosts of one engine behind one door. A call goes to an idle host; while one is busy a further host is kept ready (the
 * warm spare), so the next call and the replacement of a dead host start at once. Calls beyond `maxBusy` wait in a
 * bounded queue, `listening` before `background`. A host that dies takes its own call with it and no other. When the
 * engine cannot run, or the restart budget is spent, calls reject at once until `retry()`.
 */
export interface HostPool<C extends Contract> extends TaskMethods<C> {
  /**
   * Returns at once. Credit granted before a host has taken the call is kept for it. Rejects with any host or request
   * error, with `queue-full`, and with `disconnected` after `close()` and `terminate()`.
   */
  start<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: PoolCallOptions<Progress<C, M>>,
  ): PooledCall<Result<C, M>>;
  /** `start(…).result`. */
  request<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: PoolCallOptions<Progress<C, M>>,
  ): Promise<Result<C, M>>;
  /**
   * Starts `hosts` (default 1, at most `maxBusy`) ahead of the first call, all at once; without it the second waits until
   * the first has proved that the engine runs. Whether that works is told by `status()` and by the call.
   */
  warm(hosts?: number): void;
  /** One entry a slot. */
  status(): SlotStatus[];
  /** How the last 20 hosts ended, the latest first; planned ends included. */
  exits(): HostExitReport[];
  /**
   * Asks each host that is ready what memory and CPU time it takes, also while its engine blocks. `status()` tells it
   * as soon as they have answered; that is no change.
   */
  sample(): void;
  /**
   * Ends the host of that process id for good: asks a free one, kills a busy one, whose call then rejects with
   * `host-exited`. Another is started when there is work for it. False: there is no such host.
   */
  end(pid: number): boolean;
  /** The same, and starts another in its place at once. */
  restart(pid: number): boolean;
  /** Counts and durations, as of now. Costs a few microseconds, and nothing while nobody asks. */
  statistics(): PoolStatistics;
  /**
   * Calls back after each change of `status()`. Returns the function that takes it off. What the listener throws reaches
   * no other and no call: it is an uncaught exception, after all have heard.
   */
  onChange(listener: () => void): () => void;
  /** Gives slots that gave up a fresh budget and starts them. */
  retry(): void;
  /**
   * Takes no new calls. What runs and waits goes on to its end, also `map` and `imap` with the inputs that they have not
   * read yet; then the hosts are shut down. Returns at once: see `join`.
   */
  close(): void;
  /** After `close` or `terminate`: resolves when all is done and no process is left. Before, it rejects with `refused`. */
  join(): Promise<void>;
  /**
   * Rejects everything that waits and runs with `disconnected`, at once, and ends the hosts: those that have not gone when
   * `cancelGraceMs` are over are killed. Resolves when no process is left, as `join` does.
   */
  terminate(): Promise<void>;
}

/** Nothing is started before the first call or `warm()`. */
export function createHostPool<C extends ControlledContract>(options: HostPoolOptions<C>): HostPool<C> {
  const { contract, engine, launcher, entryPath, args, env, size } = options;
  const pool = new SupervisedPool({
    contract,
    engine,
    launcher,
    launch: { engine, entryPath, args, ...(env && { env }) },
    maxBusy: options.maxBusy ?? size ?? 2,
    spares: options.spares ?? (size === undefined ? 1 : 0),
    queueLimit: options.queueLimit ?? 1_000,
    restartLimits: { ...DEFAULT_RESTART_LIMITS, ...options.restartLimits },
    cancelGraceMs: options.cancelGraceMs ?? 150,
    pulseMs: options.pulseMs === undefined ? 30_000 : options.pulseMs,
    startTimeoutMs: options.startTimeoutMs ?? 10_000,
    idleMs: options.idleMs !== undefined ? options.idleMs : size === undefined ? 60_000 : null,
    wearLimits: {
      calls: options.maxCallsPerHost ?? Number.POSITIVE_INFINITY,
      rssBytes: options.maxRssBytesPerHost ?? 1024 ** 3,
    },
    endingDelays: { ...DEFAULT_ENDING_DELAYS, ...options.endingDelays },
    timers: options.timers ?? systemTimers,
    now: options.now ?? (() => performance.now()),
  });
  return Object.assign(pool, createTaskMethods<C>(pool));
}
