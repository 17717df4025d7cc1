import { type Call, cancelled, rejectedCall } from '../../protocol/contract/call.ts';
import type { Timers } from '../../protocol/contract/deadlines.ts';
import type { Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import { AsideError } from '../../protocol/errors.ts';
import { createCallQueue } from './call-queue.ts';
import { hostsClosed } from './host-errors.ts';
import { hostsWanted, mayRun, type SharingLimits } from './host-sharing.ts';
import { createPoolCall, type PoolCall, type PoolCallOptions } from './pool-call.ts';
import { createRestartBudget, type RestartBudget, type RestartLimits } from './restart-policy.ts';
import type { SlotStatus } from './slot-status.ts';
import type { ControlledContract, SupervisedHostOptions } from './supervised-host.ts';
import { Supervisor, type SupervisorOptions, type WearLimits } from './supervisor.ts';

/** Everything that there is to choose; `createHostPool` says what is usual. */
export interface PoolSettings<C extends ControlledContract> extends SupervisedHostOptions<C>, SharingLimits {
  readonly engine: string;
  readonly queueLimit: number;
  readonly idleMs: number;
  readonly wearLimits: WearLimits;
  readonly restartLimits: RestartLimits;
  readonly timers: Timers;
  readonly now: () => number;
}

/** The pool: a queue of calls, a list of slots, and one place (`#serve`) that brings them together. */
export class SupervisedPool<C extends ControlledContract> {
  readonly #settings: PoolSettings<C>;
  readonly #slotOptions: SupervisorOptions<C>;
  readonly #budget: RestartBudget;
  readonly #queue = createCallQueue<PoolCall>();
  readonly #running = new Set<PoolCall>();
  readonly #listeners = new Set<() => void>();
  /** Slots on their way out. They take no calls and make no room. */
  readonly #leaving = new Set<Supervisor<C>>();
  #slots: Supervisor<C>[];
  #isScheduled = false;
  #idleTimer: unknown;
  #closing: Promise<void> | null = null;

  constructor(settings: PoolSettings<C>) {
    this.#settings = settings;
    const { timers, now } = settings;
    this.#budget = createRestartBudget(settings.restartLimits, now);
    this.#slotOptions = { ...settings, budget: this.#budget, onChange: () => this.#schedule(), timers, now };
    this.#slots = [new Supervisor(this.#slotOptions)];
  }

  start<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options: PoolCallOptions<Progress<C, M>> = {},
  ): Call<Result<C, M>> {
    if (options.signal?.aborted) return rejectedCall(cancelled(method));
    const why = this.#closing ? hostsClosed(this.#settings.engine) : this.#brokenWhy();
    if (why) return rejectedCall(why);
    if (this.#queue.length >= this.#settings.queueLimit)
      return rejectedCall(queueFull(method, this.#settings.queueLimit));
    const poolCall = createPoolCall(method, params, options as PoolCallOptions<unknown>, this.#queue.remove);
    this.#queue.push(poolCall);
    this.#schedule();
    return poolCall.call as Call<Result<C, M>>; // the host's answer is parsed by the schema that the type is made from
  }

  request<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: PoolCallOptions<Progress<C, M>>,
  ): Promise<Result<C, M>> {
    return this.start(method, params, options).result;
  }

  warm(): void {
    if (!this.#closing) this.#growTo(1);
  }

  status(): SlotStatus[] {
    return [...this.#slots, ...this.#leaving].map((slot) => slot.status());
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

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#settings.timers.clear(this.#idleTimer);
    const why = hostsClosed(this.#settings.engine);
    for (const call of [...this.#queue.drain(), ...this.#running]) call.fail(why);
    await Promise.all([...this.#slots, ...this.#leaving].map((slot) => slot.shutdown()));
  }

  /** Serves once per batch of changes, and never in the middle of one. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      if (!this.#closing) this.#serve();
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
    this.#settings.timers.clear(this.#idleTimer);
    if (this.#running.size + this.#queue.length > 0 || this.#slots.filter((slot) => slot.isLive).length < 2) return;
    this.#idleTimer = this.#settings.timers.set(() => this.#shrink(), this.#settings.idleMs);
  }

  #shrink(): void {
    const [kept, ...others] = this.#slots.filter((slot) => slot.isFree);
    if (!kept) return;
    this.#slots = this.#slots.filter((slot) => !others.includes(slot));
    for (const slot of others) {
      this.#leaving.add(slot);
      void slot.shutdown().then(() => {
        this.#leaving.delete(slot);
        this.#schedule();
      });
    }
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
