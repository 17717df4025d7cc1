import { type Call, type CallOptions, cancelled } from '../../protocol/contract/call.ts';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import type { AsideError } from '../../protocol/errors.ts';
import { watchAbort } from './abort-watch.ts';
import { type CallPriority, type Queueable, rankOf } from './call-queue.ts';
import { callbackThrew } from './pool-errors.ts';
import { mayRetry, type RetryPolicy } from './retry-policy.ts';

/** Its call rejects with `callback` when one of its callbacks throws, and with no other consequence. */
export interface PoolCallOptions<Item> extends CallOptions<Item> {
  /** Called when a host takes the call, with its process id; never for a call that does not get that far. */
  readonly onAssigned?: (pid: number) => void;
  /** Default: `listening`. */
  readonly priority?: CallPriority;
  /** Default: a call that failed is not tried again. Deadlines hold for each attempt. */
  readonly retry?: RetryPolicy;
  /** Called before the call is tried again, with why and with how often it has been tried. */
  readonly onRetry?: (error: AsideError, attempts: number) => void;
}

/** What the caller of a pool holds. */
export interface PooledCall<R> extends Call<R> {
  /** Waiting for a host, running on one, or over: its caller has been told. */
  readonly stage: 'waiting' | 'running' | 'over';
  /** The process that took it last; null until one has. */
  readonly pid: number | null;
  /** How many hosts have taken it. */
  readonly attempts: number;
}

/** Who hears what becomes of a call. */
export interface PoolCallOwner {
  /** Its caller is being told, by result or error. Called once. A host may still be at it. */
  onOver(call: PoolCall, how: 'done' | 'failed' | 'cancelled'): void;
  /** It has to wait again, and is to run on another host. */
  onRetry(call: PoolCall): void;
}

/** One call from its arrival at the pool to its end: waiting, then running on a host, and again if that is its policy. */
export class PoolCall implements PooledCall<unknown>, Queueable {
  readonly method: string;
  readonly params: unknown;
  readonly rank: number;
  order = -1;
  place = -1;
  /** Since when it has been waiting, or running; the pool's own. */
  sinceMs = 0;
  readonly result: Promise<unknown>;
  readonly settled: Promise<void>;
  readonly #outcome = createDeferred<unknown>();
  readonly #settled = createDeferred<void>();
  readonly #options: PoolCallOptions<unknown>;
  readonly #owner: PoolCallOwner;
  readonly #stopWatch: (() => void) | undefined;
  #running: Call<unknown> | null = null;
  #pid: number | null = null;
  #attempts = 0;
  /** Hosts that have taken it and may still be at work on it. */
  #unsettled = 0;
  #creditBytes = 0;
  #isOpen = true;

  constructor(method: string, params: unknown, options: PoolCallOptions<unknown>, owner: PoolCallOwner) {
    this.method = method;
    this.params = params;
    this.rank = rankOf(options.priority ?? 'listening');
    this.result = this.#outcome.promise;
    this.settled = this.#settled.promise;
    this.#options = options;
    this.#owner = owner;
    this.#stopWatch = options.signal && watchAbort(options.signal, () => this.cancel());
  }

  get stage(): 'waiting' | 'running' | 'over' {
    if (!this.#isOpen) return 'over';
    return this.#running ? 'running' : 'waiting';
  }

  /** Its parameters are those of many calls. */
  get isChunk(): boolean {
    return this.#options.isChunk === true;
  }

  get pid(): number | null {
    return this.#pid;
  }

  get attempts(): number {
    return this.#attempts;
  }

  credit(bytes: number): void {
    this.#creditBytes += bytes;
    this.#running?.credit(bytes);
  }

  /** The caller is told first, its host second. */
  cancel(): void {
    if (!this.#isOpen) return;
    this.#close('cancelled');
    this.#outcome.reject(cancelled(this.method));
    this.#running?.cancel();
  }

  /** Rejects. A waiting call is then settled; a running one settles with its host. */
  fail(error: AsideError): void {
    if (!this.#isOpen) return;
    this.#close('failed');
    this.#outcome.reject(error);
  }

  /**
   * Gives it to a host: `start` is handed what to listen with, and returns the running call. It is not called, and false is
   * returned, when the call was over as its caller heard of the host.
   */
  assign(pid: number, start: (options: CallOptions<unknown>) => Call<unknown>): boolean {
    this.#pid = pid;
    this.#attempts += 1;
    const { signal, priority, retry, onAssigned, onRetry, onProgress, ...limits } = this.#options;
    if (onAssigned) this.#tell('onAssigned', () => onAssigned(pid));
    if (!this.#isOpen) return false;
    const tellProgress = (item: unknown): void => this.#tell('onProgress', () => onProgress?.(item));
    const running = start(onProgress ? { ...limits, onProgress: tellProgress } : limits);
    this.#running = running;
    this.#unsettled += 1;
    if (this.#creditBytes > 0) running.credit(this.#creditBytes);
    running.result.then(
      (value) => this.#succeed(value),
      (error) => this.#failOrRetry(error),
    );
    void running.settled.then(() => {
      this.#unsettled -= 1;
      this.#settleIfOver();
    });
    return true;
  }

  #succeed(value: unknown): void {
    if (!this.#isOpen) return;
    this.#close('done');
    this.#outcome.resolve(value);
  }

  #failOrRetry(error: AsideError): void {
    if (!this.#isOpen) return;
    const { retry, onRetry } = this.#options;
    if (!mayRetry(retry, this.#attempts, error)) {
      this.fail(error);
      return;
    }
    this.#running = null;
    if (onRetry) this.#tell('onRetry', () => onRetry(error, this.#attempts));
    if (this.#isOpen) this.#owner.onRetry(this);
  }

  /** What a caller's callback throws is that caller's, and must not come up where pool or host are at work. */
  #tell(name: string, callback: () => void): void {
    if (!this.#isOpen) return;
    try {
      callback();
    } catch (cause) {
      this.fail(callbackThrew(this.method, name, cause));
      this.#running?.cancel();
    }
  }

  #close(how: 'done' | 'failed' | 'cancelled'): void {
    this.#isOpen = false;
    this.#stopWatch?.();
    this.#owner.onOver(this, how);
    this.#settleIfOver();
  }

  #settleIfOver(): void {
    if (!this.#isOpen && this.#unsettled === 0) this.#settled.resolve();
  }
}

/** A call that the pool does not take. */
export function refusedCall(error: AsideError): PooledCall<never> {
  return {
    stage: 'over',
    pid: null,
    attempts: 0,
    result: Promise.reject(error),
    settled: Promise.resolve(),
    credit: () => {},
    cancel: () => {},
  };
}
