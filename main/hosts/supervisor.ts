import type { Call, CallOptions } from '../../protocol/contract/call.ts';
import { systemTimers, type Timers } from '../../protocol/contract/deadlines.ts';
import type { Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import { type AsideError, toWireError } from '../../protocol/errors.ts';
import type { HostExitReason } from '../../protocol/model/host-exit.ts';
import type { EndingDelays } from './end-host.ts';
import { hostsGaveUp } from './host-errors.ts';
import { type HostEnd, type HostExitRecord, toExitReport } from './host-exits.ts';
import { type HostLoad, NO_LOAD } from './host-load.ts';
import { type HostEvent, type HostState, isLive, nextState } from './host-state.ts';
import type { RestartBudget } from './restart-policy.ts';
import type { SlotStatus } from './slot-status.ts';
import { type ControlledContract, SupervisedHost, type SupervisedHostOptions } from './supervised-host.ts';

/** Native engines leak. What a host may come to before it counts as worn and is replaced. */
export interface WearLimits {
  /** Calls; it is given no more than so many. */
  readonly calls: number;
  /** Resident memory. With more, it works on until there is a replacement. */
  readonly rssBytes: number;
}

export interface SupervisorOptions<C extends ControlledContract> extends SupervisedHostOptions<C> {
  readonly engine: string;
  readonly wearLimits: WearLimits;
  /** Usually shared with other slots. */
  readonly budget: RestartBudget;
  /** Called after every change of `status()`. */
  readonly onChange: () => void;
  /** Called once for each process that has ended, before what follows from it. */
  readonly onExit?: (exit: HostExitRecord) => void;
}

/** One slot: at most one host at a time, replaced when it dies until the budget is spent. */
export class Supervisor<C extends ControlledContract> {
  readonly #options: SupervisorOptions<C>;
  readonly #timers: Timers;
  readonly #now: () => number;
  #state: HostState = 'idle';
  #host: SupervisedHost<C> | null = null;
  #restartTimer: unknown;
  #restarts = 0;
  #lastError: AsideError | null = null;
  #lastExit: HostExitRecord | null = null;
  #gaveUpWhy: AsideError | null = null;
  #isStopping = false;

  constructor(options: SupervisorOptions<C>) {
    this.#options = options;
    this.#timers = options.timers ?? systemTimers;
    this.#now = options.now ?? (() => performance.now());
  }

  get state(): HostState {
    return this.#state;
  }

  /** True while there is a process or one will be started without being asked for. */
  get isLive(): boolean {
    return isLive(this.#state);
  }

  /** True when its host is ready and does nothing. */
  get isIdle(): boolean {
    return this.#state === 'ready' && this.#host?.isAnswering === true && this.#host.request === null;
  }

  /** True when a call can be given to it. */
  get isFree(): boolean {
    return this.isIdle && !this.#isSpent;
  }

  /** True when its host has had all its calls, or has grown so big that it should be replaced. */
  get isWorn(): boolean {
    return this.#isSpent || (this.load.rssBytes ?? 0) >= this.#options.wearLimits.rssBytes;
  }

  /** Times that it was started again after a crash. */
  get restarts(): number {
    return this.#restarts;
  }

  /** What its host takes of the machine; nulls where there is none, or it was not asked yet. */
  get load(): HostLoad {
    return this.#host?.load ?? NO_LOAD;
  }

  get pid(): number | null {
    return this.#host?.pid ?? null;
  }

  /** Why it gave up; null in every other state. */
  get gaveUpWhy(): AsideError | null {
    return this.#gaveUpWhy;
  }

  status(): SlotStatus {
    return {
      pid: this.pid,
      engine: this.#options.engine,
      state: this.#state,
      request: this.#host?.request ?? null,
      requestAgeMs: this.#host?.requestAgeMs ?? null,
      calls: this.#host?.calls ?? 0,
      restarts: this.#restarts,
      lastError: this.#lastError && toWireError(this.#lastError),
      lastExit: this.#lastExit && toExitReport(this.#lastExit, this.#now()),
      ...this.load,
    };
  }

  /** Launches a host, where there is none. */
  start(): void {
    if (this.#host || this.#isStopping) return;
    this.#gaveUpWhy = null;
    this.#host = new SupervisedHost(this.#options, {
      onReady: () => {
        this.#options.budget.ready();
        this.#move('ready');
      },
      onAbandoned: () => this.#move('drain'),
      onSettled: () => this.#move('settle'),
      onSampled: () => {
        if (this.isWorn) this.#options.onChange(); // so that it is recycled; how it grows is no news
      },
      onEnd: (end) => this.#replace(end),
    });
    this.#move('start');
  }

  /** Runs a call on the host. Only when it `isFree`. */
  run<M extends Method<C>>(method: M, params: Params<C, M>, options: CallOptions<Progress<C, M>>): Call<Result<C, M>> {
    if (!this.#host) throw new Error(`${method} was given to a slot without a host`);
    const call = this.#host.run(method, params, options);
    this.#options.onChange();
    return call;
  }

  /** Has what its next call is likely to take lie ready on the host that is at one, unless it gets no other. */
  sendAhead(params: unknown): void {
    if (!this.#isSpent) this.#host?.sendAhead(params);
  }

  /** Has what lies ready for nothing forgotten, once its host is at no call. */
  forgetAhead(): void {
    this.#host?.forgetAhead();
  }

  /** Replaces its host by a new one because somebody wants that. A call that runs there rejects with `host-exited`. */
  restart(): void {
    this.#move('drain');
    void this.#endHost('restarted');
  }

  /** Has its host say what memory and CPU time it takes; `status()` tells it when it has answered. */
  sample(): void {
    this.#host?.sample();
  }

  /**
   * Ends the slot: its host goes, by force if need be. Resolves when there is no process. Asked for again with shorter
   * delays, it goes sooner.
   */
  async shutdown(delays?: EndingDelays): Promise<void> {
    this.#stop();
    await this.#host?.end('released', delays);
  }

  /** The same because its host is worn. */
  async recycle(): Promise<void> {
    this.#stop();
    await this.#host?.end('recycled');
  }

  /** The same because somebody wants that. A call that runs there rejects with `host-exited`. */
  async endOnRequest(): Promise<void> {
    this.#stop();
    await this.#endHost('ended');
  }

  #stop(): void {
    this.#isStopping = true;
    this.#timers.clear(this.#restartTimer);
    this.#move('stop');
  }

  /** For somebody who waits: a host that is at work would take its time, or call its work cancelled. */
  async #endHost(reason: HostExitReason): Promise<void> {
    await (this.#host?.request === null ? this.#host.end(reason) : this.#host?.endNow(reason));
  }

  get #isSpent(): boolean {
    if (!this.#host) return false;
    const taken = this.#host.calls + (this.#host.request === null ? 0 : 1);
    return taken >= this.#options.wearLimits.calls;
  }

  #replace(end: HostEnd): void {
    this.#host = null;
    this.#lastExit = end.exit;
    this.#options.onExit?.(this.#lastExit);
    if (this.#isStopping) {
      this.#move('gone');
    } else if (end.isWanted) {
      this.#move('died');
      this.start();
    } else {
      this.#lastError = end.why;
      this.#restartOrGiveUp(end);
    }
  }

  #restartOrGiveUp(end: HostEnd): void {
    const decision = end.isHopeless ? null : this.#options.budget.died(end);
    if (decision?.kind !== 'restart') {
      this.#gaveUpWhy = decision ? hostsGaveUp(this.#options.engine, decision.restarts, end.why) : end.why;
      this.#move('give-up');
      return;
    }
    this.#restarts += 1;
    this.#move('died');
    if (decision.delayMs === 0) this.start();
    else this.#restartTimer = this.#timers.set(() => this.start(), decision.delayMs);
  }

  #move(event: HostEvent): void {
    this.#state = nextState(this.#state, event);
    this.#options.onChange();
  }
}
