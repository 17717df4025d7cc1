import { cancelled } from '../../protocol/contract/call.ts';
import type { Timers } from '../../protocol/contract/deadlines.ts';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import type { Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import { AsideError } from '../../protocol/errors.ts';
import type { HostExitReport } from '../../protocol/model/host-exit.ts';
import { createCallQueue } from './call-queue.ts';
import type { EndingDelays } from './end-host.ts';
import { hostsClosed } from './host-errors.ts';
import { type HostExitRecord, toExitReport } from './host-exits.ts';
import { hostsWanted, mayRun, type SharingLimits } from './host-sharing.ts';
import { createPoolCall, type PoolCall, type PoolCallOptions, type PooledCall, refusedCall } from './pool-call.ts';
import type { TaskPool } from './pool-tasks.ts';
import { createRestartBudget, type RestartBudget, type RestartLimits } from './restart-policy.ts';
import type { SlotStatus } from './slot-status.ts';
import type { ControlledContract, SupervisedHostOptions } from './supervised-host.ts';
import { Supervisor, type SupervisorOptions, type WearLimits } from './supervisor.ts';

/** Everything that there is to choose; `createHostPool` says what is usual. */
export interface PoolSettings<C extends ControlledContract> extends SupervisedHostOptions<C>, SharingLimits {
  readonly engine: string;
  readonly queueLimit: number;
  readonly idleMs: number | null;
  readonly wearLimits: WearLimits;
  readonly restartLimits: RestartLimits;
  readonly timers: Timers;
  readonly now: () => number;
}

/** Ends of hosts that are remembered. */
const MAX_EXITS = 20;

/** The pool: a queue of calls, a list of slots, and one place (`#serve`) that brings them together. */
export class SupervisedPool<C extends ControlledContract> implements TaskPool {
  readonly #settings: PoolSettings<C>;
  readonly #slotOptions: SupervisorOptions<C>;
  readonly #budget: RestartBudget;
  readonly #queue = createCallQueue<PoolCall>();
  readonly #running = new Set<PoolCall>();
  /** Tasks that may still begin calls, each as the function that ends it. */
  readonly #tasks = new Set<(why: AsideError) => void>();
  readonly #listeners = new Set<() => void>();
  /** Slots on their way out. They take no calls and make no room. */
  readonly #leaving = new Set<Supervisor<C>>();
  /** The last ones first. */
  #exits: HostExitRecord[] = [];
  #slots: Supervisor<C>[];
  #isScheduled = false;
  #idleTimer: unknown;
  #stage: 'open' | 'closed' | 'ending' = 'open';
  readonly #ended = createDeferred<void>();

  constructor(settings: PoolSettings<C>) {
    this.#settings = settings;
    const { timers, now } = settings;
    this.#budget = createRestartBudget(settings.restartLimits, now);
    const onExit = (exit: HostExitRecord): void => {
      this.#exits = [exit, ...this.#exits].slice(0, MAX_EXITS);
    };
    this.#slotOptions = { ...settings, budget: this.#budget, onChange: () => this.#schedule(), onExit, timers, now };
    this.#slots = [new Supervisor(this.#slotOptions)];
  }

  get concurrency(): number {
    return this.#settings.maxBusy;
  }

  start<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options: PoolCallOptions<Progress<C, M>> = {},
  ): PooledCall<Result<C, M>> {
    if (this.#stage !== 'open') return refusedCall(this.#closedWhy());
    if (this.#queue.length >= this.#settings.queueLimit)
      return refusedCall(queueFull(method, this.#settings.queueLimit));
    // The host's answer is parsed by the schema that the type is made from.
    return this.begin(method, params, options as PoolCallOptions<unknown>) as PooledCall<Result<C, M>>;
  }

  request<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: PoolCallOptions<Progress<C, M>>,
  ): Promise<Result<C, M>> {
    return this.start(method, params, options).result;
  }

  warm(): void {
    if (this.#stage === 'open') this.#growTo(1);
  }

  status(): SlotStatus[] {
    return [...this.#slots, ...this.#leaving].map((slot) => slot.status());
  }

  exits(): HostExitReport[] {
    return this.#exits.map((exit) => toExitReport(exit, this.#settings.now()));
  }

  sample(): void {
    for (const slot of this.#slots) slot.sample();
  }

  end(pid: number): boolean {
    const slot = this.#slots.find((candidate) => candidate.pid === pid);
    if (slot) this.#letGo(slot, slot.endOnRequest());
    return slot !== undefined;
  }

  restart(pid: number): boolean {
    const slot = this.#slots.find((candidate) => candidate.pid === pid);
    slot?.restart();
    return slot !== undefined;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  retry(): void {
    const [first, ...others] = this.#slots.filter((slot) => slot.gaveUpWhy);
    if (!first) return;
    this.#budget.reset();
    this.#slots = this.#slots.filter((slot) => !others.includes(slot));
    first.start();
  }

  close(): void {
    if (this.#stage !== 'open') return;
    this.#stage = 'closed';
    this.#schedule();
  }

  join(): Promise<void> {
    return this.#stage === 'open' ? Promise.reject(stillOpen(this.#settings.engine)) : this.#ended.promise;
  }

  terminate(): Promise<void> {
    const { cancelGraceMs, endingDelays } = this.#settings;
    const why = this.#closedWhy();
    this.#stage = 'ending';
    for (const endTask of [...this.#tasks]) endTask(why);
    for (const call of [...this.#queue.drain(), ...this.#running]) call.fail(why);
    this.#end({ ...endingDelays, shutdownMs: Math.min(cancelGraceMs, endingDelays.shutdownMs), terminateMs: 0 });
    return this.#ended.promise;
  }

  #end(delays: EndingDelays): void {
    this.#stage = 'ending';
    this.#settings.timers.clear(this.#idleTimer);
    const slots = [...this.#slots, ...this.#leaving];
    void Promise.all(slots.map((slot) => slot.shutdown(delays))).then(() => this.#ended.resolve());
  }

  admit(onEnded: (why: AsideError) => void): () => void {
    if (this.#stage !== 'open') onEnded(this.#closedWhy());
    else this.#tasks.add(onEnded);
    return () => {
      if (this.#tasks.delete(onEnded)) this.#schedule();
    };
  }

  begin(method: string, params: unknown, options: PoolCallOptions<unknown>): PooledCall<unknown> {
    if (options.signal?.aborted) return refusedCall(cancelled(method));
    const why = this.#stage === 'ending' ? this.#closedWhy() : this.#brokenWhy();
    if (why) return refusedCall(why);
    const poolCall = createPoolCall(method, params, options, this.#queue.remove);
    this.#queue.push(poolCall);
    this.#schedule();
    return poolCall.call;
  }

  #closedWhy(): AsideError {
    return hostsClosed(this.#settings.engine);
  }

  /** Serves once per batch of changes, and never in the middle of one. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      if (this.#stage !== 'ending') this.#serve();
      this.#isScheduled = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }

  #serve(): void {
    const why = this.#brokenWhy();
    for (const call of why ? this.#queue.drain() : []) call.fail(why as AsideError);
    this.#recycleWorn();
    this.#assignWaiting();
    this.#growTo(hostsWanted(this.#open().length, this.#queue.length, this.#settings));
    this.#watchIdle();
    const isDone = this.#tasks.size + this.#queue.length + this.#running.size === 0;
    if (this.#stage === 'closed' && isDone) this.#end(this.#settings.endingDelays);
  }

  #assignWaiting(): void {
    for (const slot of this.#slots.filter((candidate) => candidate.isFree)) {
      const running = this.#open().map((call) => call.priority);
      const call = this.#queue.take((priority) => mayRun(priority, running, this.#settings));
      if (!call) return;
      this.#assign(call, slot);
    }
  }

  /** Calls that run and whose callers wait for them: not those that were cancelled just now. */
  #open(): PoolCall[] {
    return [...this.#running].filter((call) => call.isOpen);
  }

  #assign(call: PoolCall, slot: Supervisor<C>): void {
    this.#running.add(call);
    const done = (): void => {
      this.#running.delete(call);
      this.#schedule();
    };
    call.call.result.then(done, done);
    // The typed `start` has paired method, parameters and options; the queue holds calls of all kinds.
    const params = call.params as Params<C, Method<C>>;
    call.assign(slot.pid ?? 0, (options) => slot.run(call.method as Method<C>, params, options));
  }

  /** Until one host has proved that the engine runs, only one is started: the others would fail, or slow it down. */
  #growTo(count: number): void {
    if (this.#slots.some((slot) => slot.gaveUpWhy)) return;
    const live = this.#slots.filter((slot) => slot.isLive);
    const hasProof = live.some((slot) => slot.state === 'ready' || slot.state === 'draining');
    const target = hasProof ? count : Math.min(count, 1);
    // A draining host may turn out deaf; by the time that is known, the spare that stands in for it should be there.
    const draining = live.filter((slot) => slot.state === 'draining').length;
    const present = live.length - Math.min(draining, this.#settings.spares);
    for (let missing = target - present; missing > 0; missing -= 1) {
      const slot = this.#slots.find(({ state }) => state === 'idle') ?? new Supervisor(this.#slotOptions);
      if (!this.#slots.includes(slot)) this.#slots.push(slot);
      slot.start();
    }
  }

  #recycleWorn(): void {
    const free = this.#slots.filter((slot) => slot.isFree);
    const worn = free.find((slot) => slot.isWorn);
    if (worn && free.length > 1) worn.recycle();
  }

  #watchIdle(): void {
    const { idleMs, timers } = this.#settings;
    timers.clear(this.#idleTimer);
    if (idleMs === null) return;
    if (this.#running.size + this.#queue.length > 0 || this.#slots.filter((slot) => slot.isLive).length < 2) return;
    this.#idleTimer = timers.set(() => this.#shrink(), idleMs);
  }

  #shrink(): void {
    const [kept, ...others] = this.#slots.filter((slot) => slot.isFree);
    for (const slot of kept ? others : []) this.#letGo(slot, slot.shutdown());
  }

  #letGo(slot: Supervisor<C>, gone: Promise<void>): void {
    this.#slots = this.#slots.filter((candidate) => candidate !== slot);
    this.#leaving.add(slot);
    void gone.then(() => {
      this.#leaving.delete(slot);
      this.#schedule();
    });
  }

  /** Why no call can be answered; null while a host lives or may be started. */
  #brokenWhy(): AsideError | null {
    if (this.#slots.some((slot) => slot.isLive)) return null;
    return this.#slots.find((slot) => slot.gaveUpWhy)?.gaveUpWhy ?? null;
  }
}

function queueFull(request: string, limit: number): AsideError<'queue-full'> {
  return new AsideError('queue-full', `${request} was refused: ${limit} calls wait already`, {
    details: { request, limit },
    remedy: 'Wait until some of them are done, then try again.',
  });
}

function stillOpen(engine: string): AsideError<'refused'> {
  return new AsideError('refused', `The ${engine} hosts cannot be waited for: their pool is open`, {
    details: { reason: 'the pool is open' },
    remedy: 'Call close() or terminate() before join().',
  });
}
