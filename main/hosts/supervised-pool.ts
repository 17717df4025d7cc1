import { cancelled } from '../../protocol/contract/call.ts';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import type { Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { AsideError } from '../../protocol/errors.ts';
import type { HostExitReport } from '../../protocol/model/host-exit.ts';
import { AheadPlaces } from './ahead-places.ts';
import { callApart } from './call-apart.ts';
import { CallQueue } from './call-queue.ts';
import type { EndingDelays } from './end-host.ts';
import { hostsClosed } from './host-errors.ts';
import { HostFleet, type HostFleetOptions } from './host-fleet.ts';
import { hostsWanted, mayRun, type SharingLimits } from './host-sharing.ts';
import { PoolCall, type PoolCallOptions, type PoolCallOwner, type PooledCall, refusedCall } from './pool-call.ts';
import { noPriority, poolStillOpen, queueFull } from './pool-errors.ts';
import { CallRecorder, type PoolStatistics } from './pool-statistics.ts';
import type { TaskPool } from './pool-tasks.ts';
import { RunningCalls } from './running-calls.ts';
import type { SlotStatus } from './slot-status.ts';
import type { ControlledContract } from './supervised-host.ts';
import type { Supervisor } from './supervisor.ts';

/** Everything that there is to choose; `createHostPool` says what is usual. */
export interface PoolSettings<C extends ControlledContract>
  extends Omit<HostFleetOptions<C>, 'onChange'>,
    SharingLimits {
  readonly queueLimit: number;
  readonly idleMs: number | null;
}

/** Main stands still for 2 to 6 ms while it starts a host: a short call is answered before it does so for a spare. */
const SPARE_DELAY_MS = 10;

/** The pool: a queue of calls, a fleet of hosts, and one place (`#serve`) that brings them together. */
export class SupervisedPool<C extends ControlledContract> implements TaskPool, PoolCallOwner {
  readonly #settings: PoolSettings<C>;
  readonly #fleet: HostFleet<C>;
  readonly #queue = new CallQueue<PoolCall>();
  readonly #running = new RunningCalls<PoolCall, Supervisor<C>>();
  readonly #ahead = new AheadPlaces<Supervisor<C>>();
  readonly #recorder = new CallRecorder();
  /** Tasks that may still begin calls, each as the function that ends it. */
  readonly #tasks = new Set<(why: AsideError) => void>();
  readonly #listeners = new Set<() => void>();
  readonly #ended = createDeferred<void>();
  #stage: 'open' | 'closed' | 'ending' = 'open';
  #isScheduled = false;
  #idleTimer: unknown = null;
  #spareTimer: unknown = null;

  constructor(settings: PoolSettings<C>) {
    this.#settings = settings;
    this.#fleet = new HostFleet({ ...settings, onChange: () => this.#schedule() });
  }

  get concurrency(): number {
    return this.#settings.maxBusy;
  }

  start<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options: PoolCallOptions<Progress<C, M>> = {},
  ): PooledCall<Result<C, M>> {
    const { engine, queueLimit } = this.#settings;
    if (this.#stage !== 'open') return refusedCall(hostsClosed(engine));
    if (this.#queue.length >= queueLimit) return refusedCall(queueFull(method, queueLimit));
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

  warm(hosts = 1): void {
    if (this.#stage === 'open') this.#fleet.start(Math.min(hosts, this.#settings.maxBusy));
  }

  status(): SlotStatus[] {
    return this.#fleet.status();
  }

  statistics(): PoolStatistics {
    const { live, free, restarts, recycled, load } = this.#fleet;
    const calls = { queued: this.#queue.length, busy: this.#running.size };
    return { ...calls, idle: free, hosts: live, restarts, recycled, ...load, ...this.#recorder.read() };
  }

  exits(): HostExitReport[] {
    return this.#fleet.exits();
  }

  sample(): void {
    this.#fleet.sample();
  }

  end(pid: number): boolean {
    return this.#fleet.end(pid);
  }

  restart(pid: number): boolean {
    return this.#fleet.restart(pid);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  retry(): void {
    if (this.#stage !== 'ending') this.#fleet.retry();
  }

  close(): void {
    if (this.#stage !== 'open') return;
    this.#stage = 'closed';
    this.#schedule();
  }

  join(): Promise<void> {
    return this.#stage === 'open' ? Promise.reject(poolStillOpen(this.#settings.engine)) : this.#ended.promise;
  }

  terminate(): Promise<void> {
    const { engine, cancelGraceMs, endingDelays } = this.#settings;
    const why = hostsClosed(engine);
    this.#stage = 'ending';
    for (const endTask of [...this.#tasks]) endTask(why);
    for (const call of [...this.#queue.drain(), ...this.#running.all()]) call.fail(why);
    this.#end({ ...endingDelays, shutdownMs: Math.min(cancelGraceMs, endingDelays.shutdownMs), terminateMs: 0 });
    return this.#ended.promise;
  }

  admit(onEnded: (why: AsideError) => void): () => void {
    if (this.#stage !== 'open') onEnded(hostsClosed(this.#settings.engine));
    else this.#tasks.add(onEnded);
    return () => {
      if (this.#tasks.delete(onEnded)) this.#schedule();
    };
  }

  begin(method: string, params: unknown, options: PoolCallOptions<unknown>): PooledCall<unknown> {
    if (options.signal?.aborted) return refusedCall(cancelled(method));
    if (Number.isNaN(options.priority)) return refusedCall(noPriority(method));
    const why = this.#stage === 'ending' ? hostsClosed(this.#settings.engine) : this.#fleet.brokenWhy;
    if (why) return refusedCall(why);
    const call = new PoolCall(method, params, options, this);
    this.#enqueue(call);
    return call;
  }

  onOver(call: PoolCall, how: 'done' | 'failed' | 'cancelled'): void {
    this.#recorder.over(how);
    if (!this.#stopRunning(call)) this.#queue.remove(call);
    this.#schedule();
  }

  onRetry(call: PoolCall): void {
    this.#recorder.retried();
    this.#stopRunning(call);
    this.#enqueue(call);
  }

  #enqueue(call: PoolCall): void {
    call.sinceMs = this.#settings.now();
    this.#queue.push(call);
    this.#schedule();
  }

  #stopRunning(call: PoolCall): boolean {
    if (!this.#running.delete(call)) return false;
    this.#recorder.ran(this.#settings.now() - call.sinceMs);
    return true;
  }

  #end(delays: EndingDelays): void {
    this.#stage = 'ending';
    this.#settings.timers.clear(this.#idleTimer);
    this.#settings.timers.clear(this.#spareTimer);
    void this.#fleet.shutdown(delays).then(() => this.#ended.resolve());
  }

  /** Serves once per batch of changes, and never in the middle of one. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      try {
        if (this.#stage !== 'ending') this.#serve();
      } finally {
        this.#isScheduled = false;
      }
      for (const listener of [...this.#listeners]) callApart(listener);
    });
  }

  #serve(): void {
    const why = this.#fleet.brokenWhy;
    if (why) for (const call of this.#queue.drain()) call.fail(why);
    this.#fleet.recycle(this.#hostsWanted());
    this.#assignWaiting();
    this.#sendAhead();
    this.#grow();
    const isDone = this.#tasks.size + this.#queue.length + this.#running.size === 0;
    if (this.#stage === 'closed' && isDone) this.#end(this.#settings.endingDelays);
    else this.#watchIdle();
  }

  #hostsWanted(limits: SharingLimits = this.#settings): number {
    return hostsWanted(this.#running.size, this.#queue.length, limits);
  }

  /** Hosts for calls at once, spares in a moment. */
  #grow(): void {
    const { timers } = this.#settings;
    this.#fleet.grow(this.#hostsWanted({ ...this.#settings, spares: 0 }));
    if (this.#fleet.live >= this.#hostsWanted() && this.#fleet.free > 0) return;
    this.#spareTimer ??= timers.set(() => {
      this.#spareTimer = null;
      if (this.#stage !== 'ending') this.#fleet.grow(this.#hostsWanted());
    }, SPARE_DELAY_MS);
  }

  #assignWaiting(): void {
    for (let call = this.#queue.first(); call; call = this.#queue.first()) {
      const slot = mayRun(call.rank, this.#running, this.#settings) ? this.#fleet.takeFree() : undefined;
      if (!slot) return;
      this.#queue.remove(call);
      this.#assign(call, slot);
    }
  }

  /** A chunk lies ready where it is likely to run: calls of microseconds would be waited for as long as they take. */
  #sendAhead(): void {
    const next = this.#queue.first();
    const place = next?.isChunk && this.#running.longestAt(({ isChunk }) => isChunk);
    if (place) this.#ahead.send(place, next.params);
    this.#ahead.tidy();
  }

  #assign(call: PoolCall, slot: Supervisor<C>): void {
    const nowMs = this.#settings.now();
    this.#recorder.taken(nowMs - call.sinceMs);
    call.sinceMs = nowMs;
    this.#running.add(call, slot);
    // The typed `start` has paired method, parameters and options; the queue holds calls of all kinds.
    const params = call.params as Params<C, Method<C>>;
    const isRunning = call.assign(slot.pid ?? 0, (options) => slot.run(call.method as Method<C>, params, options));
    if (!isRunning) this.#fleet.giveBack(slot);
  }

  /** The timer is set when the pool comes to have nothing to do, and cleared when it has again. */
  #watchIdle(): void {
    const { idleMs, timers } = this.#settings;
    const isIdle = idleMs !== null && this.#running.size + this.#queue.length === 0 && this.#fleet.live > 1;
    if (isIdle === (this.#idleTimer !== null)) return;
    timers.clear(this.#idleTimer);
    this.#idleTimer = isIdle ? timers.set(() => this.#shrink(), idleMs) : null;
  }

  #shrink(): void {
    this.#idleTimer = null;
    this.#fleet.shrink();
  }
}
