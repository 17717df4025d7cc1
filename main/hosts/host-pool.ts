import { type Call, cancelled, rejectedCall } from '../../protocol/contract/call.ts';
import type { Timers } from '../../protocol/contract/deadlines.ts';
import type { Contract, Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import { AsideError } from '../../protocol/errors.ts';
import type { HostStatus } from '../../protocol/model/host-status.ts';
import { type CallPriority, createCallQueue } from './call-queue.ts';
import { DEFAULT_ENDING_DELAYS, type EndingDelays } from './end-host.ts';
import { hostsClosed } from './host-errors.ts';
import { isLive } from './host-state.ts';
import type { Launcher } from './launcher.ts';
import { createPoolCall, type PoolCall, type PoolCallOptions } from './pool-call.ts';
import { createRestartBudget, DEFAULT_RESTART_LIMITS, type RestartLimits } from './restart-policy.ts';
import { type ControlledContract, createSupervisor, type Supervisor } from './supervisor.ts';

export type { PoolCallOptions } from './pool-call.ts';

export interface HostPoolOptions<C extends ControlledContract> {
  readonly contract: C;
  readonly engine: HostStatus['engine'];
  readonly launcher: Launcher;
  /** Absolute path of the host's program. */
  readonly entryPath: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Calls that run at the same time; default 2. */
  readonly maxBusy?: number;
  /** Idle hosts kept ready while any is busy; default 1. */
  readonly spares?: number;
  /** Calls that may wait; default 1000. */
  readonly queueLimit?: number;
  readonly restartLimits?: Partial<RestartLimits>;
  /** How long a host may take to end a cancelled call before it is killed; default 150. */
  readonly cancelGraceMs?: number;
  /** How long a host may take to become ready; default 10 000. */
  readonly startTimeoutMs?: number;
  readonly endingDelays?: Partial<EndingDelays>;
  readonly timers?: Timers;
  readonly now?: () => number;
}

/**
 * Hosts of one engine behind one door. A call goes to an idle host; while one is busy a further host is kept ready (the
 * warm spare), so the next call and the replacement of a dead host start at once. Calls beyond `maxBusy` wait in a
 * bounded queue. A host that dies takes its own call with it and no other. When the engine cannot run or the restart
 * budget is spent, calls reject at once until `retry()`.
 */
export interface HostPool<C extends Contract> {
  /**
   * Credit granted before a host has taken the call is kept for it. Rejects with any host or request error, with
   * `queue-full`, and with `disconnected` after `close()`.
   */
  start<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: PoolCallOptions<Progress<C, M>>,
  ): Call<Result<C, M>>;
  request<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: PoolCallOptions<Progress<C, M>>,
  ): Promise<Result<C, M>>;
  /** Starts a host ahead of the first call. Whether that worked is told by `status()` and by the call. */
  warm(): void;
  /** One entry a slot. */
  status(): HostStatus[];
  /** Calls back after each change of `status()`. Returns the function that takes it off. */
  onChange(listener: () => void): () => void;
  /** Gives slots that gave up a fresh budget and starts them. */
  retry(): void;
  /** Rejects what waits and runs, shuts hosts down, kills those that do not go. Resolves when no process is left. */
  close(): Promise<void>;
}

/** Nothing is started before the first call or `warm()`. */
export function createHostPool<C extends ControlledContract>(options: HostPoolOptions<C>): HostPool<C> {
  const { contract, engine, launcher, entryPath, args, env, timers, maxBusy = 2, spares = 1 } = options;
  const { queueLimit = 1_000, now = () => performance.now() } = options;
  const budget = createRestartBudget({ ...DEFAULT_RESTART_LIMITS, ...options.restartLimits }, now);
  const queue = createCallQueue<PoolCall>();
  const running = new Map<PoolCall, Supervisor<C>>();
  const listeners = new Set<() => void>();
  let slots = [newSlot()];
  let closing: Promise<void> | null = null;
  let isScheduled = false;

  function newSlot(): Supervisor<C> {
    return createSupervisor({
      contract,
      engine,
      launcher,
      launch: { engine, entryPath, args, ...(env && { env }) },
      startTimeoutMs: options.startTimeoutMs ?? 10_000,
      cancelGraceMs: options.cancelGraceMs ?? 150,
      endingDelays: { ...DEFAULT_ENDING_DELAYS, ...options.endingDelays },
      budget,
      onChange: schedule,
      now,
      ...(timers && { timers }),
    });
  }

  /** Once per batch of changes, and never in the middle of one. */
  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    queueMicrotask(() => {
      if (!closing) serveQueue();
      isScheduled = false;
      for (const listener of [...listeners]) listener();
    });
  }

  function serveQueue(): void {
    const why = brokenWhy();
    if (why) {
      for (const call of queue.drain()) call.fail(why);
      return;
    }
    for (let slot = freeSlot(); slot; slot = freeSlot()) {
      const call = queue.take(mayRun);
      if (!call) break;
      assign(slot, call);
    }
    growTo(wanted());
  }

  const freeSlot = (): Supervisor<C> | undefined => slots.find((slot) => slot.isFree());

  /** While background work has all hosts, a listener need not wait for its end: the spare is for that too. */
  function mayRun(priority: CallPriority): boolean {
    if (running.size < maxBusy) return true;
    if (priority === 'background' || running.size >= maxBusy + spares) return false;
    return [...running.keys()].some((call) => call.priority === 'background');
  }

  function assign(slot: Supervisor<C>, call: PoolCall): void {
    running.set(call, slot);
    const done = (): void => {
      running.delete(call);
      schedule();
    };
    // The typed `start` has paired method, parameters and options; the queue holds calls of all kinds.
    const run = slot.run as unknown as (method: string, params: unknown, options: unknown) => Call<unknown>;
    call.assign(slot.status().pid ?? 0, (callOptions) => run(call.method, call.params, callOptions));
    call.call.result.then(done, done);
  }

  function wanted(): number {
    const active = running.size + queue.length;
    return active === 0 ? 0 : Math.max(running.size, Math.min(maxBusy, active)) + spares;
  }

  /** Until one host has proved that the engine runs, only one is started: the others would fail, or slow it down. */
  function growTo(count: number): void {
    const live = slots.filter((slot) => isLive(slot.state));
    if (live.length >= count || slots.some((slot) => slot.state === 'gave-up')) return;
    const hasProof = live.some((slot) => slot.state === 'ready' || slot.state === 'draining');
    if (live.length > 0 && !hasProof) return;
    for (let missing = hasProof ? count - live.length : 1; missing > 0; missing -= 1) {
      const idle = slots.find((slot) => slot.state === 'idle') ?? newSlot();
      if (!slots.includes(idle)) slots.push(idle);
      idle.start();
    }
  }

  function brokenWhy(): AsideError | null {
    if (slots.some((slot) => isLive(slot.state))) return null;
    return slots.find((slot) => slot.gaveUpWhy())?.gaveUpWhy() ?? null;
  }

  function start(method: string, params: unknown, callOptions: PoolCallOptions<unknown> = {}): Call<unknown> {
    if (callOptions.signal?.aborted) return rejectedCall(cancelled(method));
    if (closing) return rejectedCall(hostsClosed(engine));
    const why = brokenWhy();
    if (why) return rejectedCall(why);
    if (queue.length >= queueLimit) return rejectedCall(queueFull(method, queueLimit));
    const call = createPoolCall(method, params, callOptions, queue.remove);
    queue.push(call);
    schedule();
    return call.call;
  }

  async function close(): Promise<void> {
    const why = hostsClosed(engine);
    for (const call of [...queue.drain(), ...running.keys()]) call.fail(why);
    await Promise.all(slots.map((slot) => slot.shutdown()));
  }

  return {
    start: start as HostPool<C>['start'], // parsed by the schema that the type is inferred from
    request: (method, params, callOptions) =>
      start(method, params, callOptions as PoolCallOptions<unknown>).result as Promise<never>,
    warm: () => {
      if (!closing) growTo(1);
    },
    status: () => slots.map((slot) => slot.status()),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retry: () => {
      if (closing) return;
      const [first, ...others] = slots.filter((slot) => slot.state === 'gave-up');
      if (!first) return;
      budget.reset();
      slots = slots.filter((slot) => !others.includes(slot));
      first.start();
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function queueFull(request: string, limit: number): AsideError<'queue-full'> {
  return new AsideError('queue-full', `${request} was refused: ${limit} calls wait already`, {
    details: { request, limit },
    remedy: 'Wait until some of them are done, then try again.',
  });
}
