import type { Call, CallOptions } from '../../protocol/contract/call.ts';
import { type Client, connect } from '../../protocol/contract/connect.ts';
import { systemTimers, type Timers } from '../../protocol/contract/deadlines.ts';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import type { Contract, Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { hostControlEvents, hostControlRequests } from '../../protocol/contract/host-control.ts';
import { type AsideError, isAsideError } from '../../protocol/errors.ts';
import type { HostExitReason } from '../../protocol/model/host-exit.ts';
import { type EndingDelays, endHost } from './end-host.ts';
import { readGreeting } from './handshake.ts';
import { callHost } from './host-client.ts';
import { hostBrokeProtocol, hostEndedOnRequest, hostLeftBehind, hostNotReady, hostSilent } from './host-errors.ts';
import { exitReason, type HostEnd } from './host-exits.ts';
import { type HostLoad, LoadMeter } from './host-load.ts';
import { watchPulse } from './host-pulse.ts';
import { type JoinedLane, joinLane } from './lane.ts';
import type { HostExit, LaunchedHost, Launcher, LaunchOptions } from './launcher.ts';

/** A contract that includes what every host answers. */
export type ControlledContract = Contract & ControlContract;

interface ControlContract {
  readonly name: string;
  readonly version: number;
  readonly requests: typeof hostControlRequests;
  readonly events: typeof hostControlEvents;
}

/** How long after a look at a host's memory a call is followed by the next. */
const WEIGH_EVERY_MS = 1_000;

export interface SupervisedHostOptions<C extends ControlledContract> {
  readonly contract: C;
  readonly launcher: Launcher;
  readonly launch: LaunchOptions;
  /** How long a host may take from its launch to `host.ready`. */
  readonly startTimeoutMs: number;
  /** How long a host may take to end a cancelled call before it is killed. */
  readonly cancelGraceMs: number;
  /** How long it may be at a call before it is asked whether it is still there; null: it is never asked. */
  readonly pulseMs: number | null;
  readonly endingDelays: EndingDelays;
  readonly timers?: Timers;
  readonly now?: () => number;
}

export interface HostListener {
  onReady(): void;
  /** Its call was cancelled or is too late, and it is still at it. */
  onAbandoned(): void;
  /** It has answered its call and is free. */
  onSettled(): void;
  /** It has said what memory and CPU time it takes. */
  onSampled(): void;
  /** The process is gone, or cannot be killed. Nothing follows. */
  onEnd(end: HostEnd): void;
}

/** One host process from its launch to its end: handshake, calls one at a time, and the ways to die. */
export class SupervisedHost<C extends ControlledContract> {
  readonly #options: SupervisedHostOptions<C>;
  readonly #listener: HostListener;
  readonly #timers: Timers;
  readonly #now: () => number;
  readonly #host: LaunchedHost;
  readonly #startedMs: number;
  readonly #startTimer: unknown;
  readonly #ended = createDeferred<void>();
  #client: Client<C> | null = null;
  #lane: JoinedLane | null = null;
  #readyMs: number | null = null;
  #request: string | null = null;
  #requestSinceMs = 0;
  #stopPulse = (): void => {};
  #calls = 0;
  readonly #load = new LoadMeter();
  #isSampling = false;
  #weighedMs = 0;
  #isProven = false;
  /** What a kill means that follows a call which it does not end. */
  #abandoned: HostExitReason = 'deaf';
  /** Why we end it; null while we do not. */
  #wanted: HostExitReason | null = null;
  #isHopeless = false;
  #isOver = false;
  /** Why its connection is closed; null while it is open. */
  #why: AsideError | null = null;

  constructor(options: SupervisedHostOptions<C>, listener: HostListener) {
    this.#options = options;
    this.#listener = listener;
    this.#timers = options.timers ?? systemTimers;
    this.#now = options.now ?? (() => performance.now());
    this.#startedMs = this.#now();
    this.#host = options.launcher.launch({ ...options.launch, wantsLane: true });
    this.#host.port.onMessage((message) => this.#greet(message));
    this.#host.port.onClose((why) => {
      this.#why = why;
      this.#isHopeless ||= isAsideError(why, 'host-depth');
    });
    void this.#host.exited.then((exit) => this.#finish(exit));
    this.#startTimer = this.#timers.set(() => this.#condemn(this.#notReady()), options.startTimeoutMs);
  }

  get pid(): number | null {
    return this.#host.pid ?? null;
  }

  /** The request that it is answering. */
  get request(): string | null {
    return this.#request;
  }

  /** Calls answered so far. */
  get calls(): number {
    return this.#calls;
  }

  /** How long it has been at that request; null when it is free. */
  get requestAgeMs(): number | null {
    return this.#request === null ? null : this.#now() - this.#requestSinceMs;
  }

  /** When it was asked last; nulls until then. */
  get load(): HostLoad {
    return this.#load.read();
  }

  /** False from the first sign that it will answer nothing more. */
  get isAnswering(): boolean {
    return this.#client !== null && this.#why === null && this.#wanted === null && this.#host.isRunning;
  }

  /** Only when it answers nothing else. `settled` waits for the end of a host that was killed. */
  run<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    callOptions: CallOptions<Progress<C, M>>,
  ): Call<Result<C, M>> {
    if (!this.#client || this.#request !== null) throw new Error(`${method} was given to a host that is not free`);
    this.#request = method;
    this.#requestSinceMs = this.#now();
    this.#watchPulse();
    const listener = {
      onProgress: () => {
        this.#isProven = true;
      },
      onAbandoned: (why: AsideError) => {
        this.#abandoned = isAsideError(why, 'request-timeout') ? 'hung' : 'deaf';
        this.#listener.onAbandoned();
      },
      onDeaf: () => {
        this.#wanted ??= this.#abandoned;
        this.#kill();
      },
      onSettled: () => this.#settle(),
    };
    const call = callHost(this.#client, method, params, callOptions, listener, this.#options);
    return {
      result: call.result,
      settled: call.settled.then(() => (this.#why ? this.#ended.promise : undefined)),
      credit: (bytes) => call.credit(bytes),
      cancel: () => call.cancel(),
    };
  }

  /** Has what the next call is likely to take lie ready, while it is at one. Where there is no lane it does nothing. */
  sendAhead(params: unknown): void {
    if (this.isAnswering) this.#lane?.sendAhead(params);
  }

  /** Has it forget what lies ready, when it has no call that could take it. */
  forgetAhead(): void {
    if (this.isAnswering) this.#lane?.forgetAhead();
  }

  /** Asks for its memory and CPU time, at most one question at a time. `onSampled` follows, unless it cannot answer. */
  sample(): void {
    const control = this.isAnswering && !this.#isSampling ? this.#control() : null;
    if (!control) return;
    this.#isSampling = true;
    this.#weighedMs = this.#now();
    control
      .request('host.stats', {})
      .then((stats) => this.#sampled(stats))
      .catch(() => {}) // a host that cannot say it now will be asked again
      .finally(() => {
        this.#isSampling = false;
      });
  }

  /** Kills it. A call that runs rejects first, with a `host-exited` that says so. Resolves at its end. */
  async endNow(reason: HostExitReason): Promise<void> {
    this.#wanted ??= reason;
    this.#timers.clear(this.#startTimer);
    this.#condemn(hostEndedOnRequest(this.#options.launch.engine, this.pid, this.#host.stderrTail()));
    await this.#ended.promise;
  }

  /** Asks it to go, then makes it. Resolves at its end; a call that runs rejects then at the latest. */
  async end(reason: HostExitReason, delays: EndingDelays = this.#options.endingDelays): Promise<void> {
    this.#wanted ??= reason;
    this.#timers.clear(this.#startTimer);
    const control = this.#control();
    // That it does not answer, or dies before it does, is what the harder steps are for.
    const ask = control && (() => void control.request('host.shutdown', {}).catch(() => {}));
    await endHost(this.#host, ask, delays, this.#timers);
    this.#finish(null);
  }

  #greet(message: unknown): void {
    const greeting = readGreeting(this.#options.contract, message);
    this.#timers.clear(this.#startTimer);
    this.#isHopeless = greeting.kind !== 'ready';
    if (greeting.kind === 'stranger') this.#condemnFor(greeting.got);
    if (greeting.kind === 'failed') this.#fail(greeting.error);
    if (greeting.kind === 'ready') this.#becomeReady(greeting.hasLane);
  }

  #becomeReady(hasLane: boolean): void {
    const { port, lane } = this.#host;
    this.#lane = hasLane && lane ? joinLane(port, lane) : null;
    this.#client = connect(this.#options.contract, this.#lane ?? port, {
      onMalformed: (error) => this.#condemnFor(error.message),
      timers: this.#timers,
    });
    this.#readyMs = this.#now();
    this.#weighedMs = this.#readyMs;
    this.#listener.onReady();
  }

  /** Its engine cannot run here. It leaves by itself, and is helped if it does not. */
  #fail(error: AsideError): void {
    this.#host.port.close(error);
    const sayNothing = (): void => {};
    void endHost(this.#host, sayNothing, this.#options.endingDelays, this.#timers).then(() => this.#finish(null));
  }

  #watchPulse(): void {
    const { pulseMs, launch } = this.#options;
    const control = this.#control();
    if (pulseMs === null || !control) return;
    this.#stopPulse = watchPulse({
      intervalMs: pulseMs,
      ping: () => control.request('host.ping', {}),
      onLost: () => {
        this.#wanted ??= 'silent';
        this.#condemn(hostSilent(launch.engine, this.pid, this.#host.stderrTail()));
      },
      timers: this.#timers,
    });
  }

  #settle(): void {
    this.#stopPulse();
    if (this.#why) return; // It died with the call; what follows is `onEnd`.
    this.#isProven = true;
    this.#calls += 1;
    this.#request = null;
    if (!this.isAnswering) return;
    this.#listener.onSettled();
    if (this.#now() - this.#weighedMs >= WEIGH_EVERY_MS) this.sample();
  }

  #sampled({ rssBytes, cpuMs }: { rssBytes: number; cpuMs: number }): void {
    if (this.#isOver) return;
    this.#load.note({ rssBytes, cpuMs, atMs: this.#now() });
    this.#listener.onSampled();
  }

  /** The compiler cannot see that a generic contract with the control part has the control requests. */
  #control(): Client<ControlContract> | null {
    return this.#client as unknown as Client<ControlContract> | null;
  }

  #condemnFor(got: string): void {
    this.#condemn(hostBrokeProtocol(this.#options.launch.engine, this.pid, got));
  }

  /** Rejects what runs there, then kills. */
  #condemn(why: AsideError): void {
    this.#host.port.close(why);
    this.#kill();
  }

  #kill(): void {
    this.#host.kill('kill');
    // A process that is stuck in a driver outlives even that. It is left behind.
    const timer = this.#timers.set(() => this.#finish(null), this.#options.endingDelays.killMs);
    void this.#ended.promise.then(() => this.#timers.clear(timer));
  }

  /** `exit` is null when it could not be ended. */
  #finish(exit: HostExit | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timers.clear(this.#startTimer);
    this.#stopPulse();
    const request = this.#request;
    this.#request = null;
    const { engine } = this.#options.launch;
    const why = this.#why ?? hostLeftBehind(engine, this.pid, this.#host.stderrTail());
    this.#host.port.close(why);
    this.#ended.resolve();
    this.#listener.onEnd({
      why,
      readyForMs: this.#readyMs === null ? null : this.#now() - this.#readyMs,
      isProven: this.#isProven,
      wasBusy: request !== null,
      isWanted: this.#wanted !== null,
      isHopeless: this.#isHopeless,
      exit: {
        pid: this.pid,
        exitCode: exit?.exitCode ?? null,
        signal: exit?.signal ?? null,
        reason: this.#reason(why, exit === null),
        request,
        atMs: this.#now(),
      },
    });
  }

  #reason(why: AsideError, isLeftBehind: boolean): HostExitReason {
    const wasReady = this.#readyMs !== null;
    return exitReason({ wanted: this.#wanted, why, wasReady, isHopeless: this.#isHopeless, isLeftBehind });
  }

  #notReady(): AsideError {
    const { launch, startTimeoutMs } = this.#options;
    const elapsedMs = this.#now() - this.#startedMs;
    return hostNotReady(launch.engine, this.pid, startTimeoutMs, elapsedMs, this.#host.stderrTail());
  }
}
