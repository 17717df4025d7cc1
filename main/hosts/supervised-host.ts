import type { Call, CallOptions } from '../../protocol/contract/call.ts';
import { type Client, connect } from '../../protocol/contract/connect.ts';
import { systemTimers, type Timers } from '../../protocol/contract/deadlines.ts';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import type { Contract, Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { hostControlEvents, hostControlRequests } from '../../protocol/contract/host-control.ts';
import { type AsideError, isAsideError } from '../../protocol/errors.ts';
import { type EndingDelays, endHost } from './end-host.ts';
import { readGreeting } from './handshake.ts';
import { callHost } from './host-client.ts';
import { hostBrokeProtocol, hostLeftBehind, hostNotReady } from './host-errors.ts';
import type { LaunchedHost, Launcher, LaunchOptions } from './launcher.ts';

/** A contract that includes what every host answers. */
export type ControlledContract = Contract & ControlContract;

interface ControlContract {
  readonly name: string;
  readonly version: number;
  readonly requests: typeof hostControlRequests;
  readonly events: typeof hostControlEvents;
}

/** A host's memory is looked at after each so many calls. */
const WEIGH_EVERY_CALLS = 10;

export interface SupervisedHostOptions<C extends ControlledContract> {
  readonly contract: C;
  readonly launcher: Launcher;
  readonly launch: LaunchOptions;
  /** How long a host may take from its launch to `host.ready`. */
  readonly startTimeoutMs: number;
  /** How long a host may take to end a cancelled call before it is killed. */
  readonly cancelGraceMs: number;
  readonly endingDelays: EndingDelays;
  readonly timers?: Timers;
  readonly now?: () => number;
}

/** How a host came to its end. */
export interface HostEnd {
  readonly why: AsideError;
  /** null: it never was ready. */
  readonly readyForMs: number | null;
  /** It had answered a call, or shown progress on one. */
  readonly isProven: boolean;
  /** It took a call with it. */
  readonly wasBusy: boolean;
  /** We ended it: it was told to go, or killed because it did not hear a cancel. */
  readonly isWanted: boolean;
  /** Its engine cannot run here, or it is no host of our contract: another start would end the same way. */
  readonly isHopeless: boolean;
}

export interface HostListener {
  onReady(): void;
  /** Its call was cancelled or is too late, and it is still at it. */
  onAbandoned(): void;
  /** It has answered its call and is free. */
  onSettled(): void;
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
  #readyMs: number | null = null;
  #request: string | null = null;
  #calls = 0;
  #rssBytes = 0;
  #isProven = false;
  #isWanted = false;
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
    this.#host = options.launcher.launch(options.launch);
    this.#host.port.onMessage((message) => this.#greet(message));
    this.#host.port.onClose((why) => {
      this.#why = why;
      this.#isHopeless ||= isAsideError(why, 'host-depth');
    });
    void this.#host.exited.then(() => this.#finish());
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

  /** Its memory when it was looked at last; 0 until then. */
  get rssBytes(): number {
    return this.#rssBytes;
  }

  /** False from the first sign that it will answer nothing more. */
  get isAnswering(): boolean {
    return this.#client !== null && this.#why === null && !this.#isWanted && this.#host.isRunning;
  }

  /** Only when it answers nothing else. `settled` waits for the end of a host that was killed. */
  run<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    callOptions: CallOptions<Progress<C, M>>,
  ): Call<Result<C, M>> {
    if (!this.#client || this.#request !== null) throw new Error(`${method} was given to a host that is not free`);
    this.#request = method;
    const listener = {
      onProgress: () => {
        this.#isProven = true;
      },
      onAbandoned: () => this.#listener.onAbandoned(),
      onDeaf: () => {
        this.#isWanted = true;
        this.#kill();
      },
      onSettled: () => this.#settle(),
    };
    const call = callHost(this.#client, method, params, callOptions, listener, this.#options);
    return { ...call, settled: call.settled.then(() => (this.#why ? this.#ended.promise : undefined)) };
  }

  /** Asks it to go, then makes it. Resolves at its end; a call that runs rejects then at the latest. */
  async end(delays: EndingDelays = this.#options.endingDelays): Promise<void> {
    this.#isWanted = true;
    this.#timers.clear(this.#startTimer);
    const control = this.#control();
    // That it does not answer, or dies before it does, is what the harder steps are for.
    const ask = control && (() => void control.request('host.shutdown', {}).catch(() => {}));
    await endHost(this.#host, ask, delays, this.#timers);
    this.#finish();
  }

  #greet(message: unknown): void {
    const greeting = readGreeting(this.#options.contract, message);
    this.#timers.clear(this.#startTimer);
    this.#isHopeless = greeting.kind !== 'ready';
    if (greeting.kind === 'stranger') this.#condemnFor(greeting.got);
    if (greeting.kind === 'failed') this.#fail(greeting.error);
    if (greeting.kind === 'ready') this.#becomeReady();
  }

  #becomeReady(): void {
    this.#client = connect(this.#options.contract, this.#host.port, {
      onMalformed: (error) => this.#condemnFor(error.message),
      timers: this.#timers,
    });
    this.#readyMs = this.#now();
    this.#listener.onReady();
  }

  /** Its engine cannot run here. It leaves by itself, and is helped if it does not. */
  #fail(error: AsideError): void {
    this.#host.port.close(error);
    const sayNothing = (): void => {};
    void endHost(this.#host, sayNothing, this.#options.endingDelays, this.#timers).then(() => this.#finish());
  }

  #settle(): void {
    if (this.#why) return; // It died with the call; what follows is `onEnd`.
    this.#isProven = true;
    this.#calls += 1;
    this.#request = null;
    if (!this.isAnswering) return;
    this.#listener.onSettled();
    if (this.#calls % WEIGH_EVERY_CALLS === 0) this.#weigh();
  }

  #weigh(): void {
    const stats = this.#control()?.request('host.stats', {});
    stats?.then(
      ({ rssBytes }) => {
        this.#rssBytes = rssBytes;
      },
      () => {}, // A host that cannot say it now will be asked again.
    );
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
    const timer = this.#timers.set(() => this.#finish(), this.#options.endingDelays.killMs);
    void this.#ended.promise.then(() => this.#timers.clear(timer));
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#timers.clear(this.#startTimer);
    const wasBusy = this.#request !== null;
    this.#request = null;
    const why = this.#why ?? hostLeftBehind(this.#options.launch.engine, this.pid, this.#host.stderrTail());
    this.#host.port.close(why);
    this.#ended.resolve();
    this.#listener.onEnd({
      why,
      readyForMs: this.#readyMs === null ? null : this.#now() - this.#readyMs,
      isProven: this.#isProven,
      wasBusy,
      isWanted: this.#isWanted,
      isHopeless: this.#isHopeless,
    });
  }

  #notReady(): AsideError {
    const { launch, startTimeoutMs } = this.#options;
    const elapsedMs = this.#now() - this.#startedMs;
    return hostNotReady(launch.engine, this.pid, startTimeoutMs, elapsedMs, this.#host.stderrTail());
  }
}
