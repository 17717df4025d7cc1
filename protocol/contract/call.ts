import { AsideError } from '../errors.ts';
import { checkMessage } from './check-message.ts';
import { Deadlines, type ExceededLimit, type Timers } from './deadlines.ts';
import { createDeferred } from './deferred.ts';
import type { RequestSpec } from './define-contract.ts';
import type { CallerEnvelope } from './envelope.ts';

export interface CallOptions<Item> {
  /** Cancels the call: it rejects at once with `request-cancelled`, then the other side is told. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (item: Item) => void;
  /** In place of the contract's own; null means unbounded. The clock starts when the request is sent. */
  readonly timeoutMs?: number | null;
  readonly progressTimeoutMs?: number | null;
  /**
   * The parameters are an array of those of many calls; progress is a `ChunkGroup`, the result null. Limits are for all of
   * them. Only `map` asks for it, whose own types know what it makes of that.
   */
  readonly isChunk?: true;
}

export interface Call<R> {
  readonly result: Promise<R>;
  /**
   * Resolves when the other side has answered or is gone, also if `result` was rejected long before by a cancel or a
   * deadline. Until then the other side may still be at work. Never rejects.
   */
  readonly settled: Promise<void>;
  /** Grants `bytes` (at least 1) more of output. */
  credit(bytes: number): void;
  /** Ends it as its signal would: `result` rejects with `request-cancelled`, then the other side is told. */
  cancel(): void;
}

/** Sends what a call has to say after its request. A cancel goes out after the caller has been told. */
export type SendControl = (envelope: Exclude<CallerEnvelope, { kind: 'request' }>) => void;

/** The caller's side of one request, from its sending to its answer. Kept small: there is one for each call. */
export class OpenCall implements Call<unknown> {
  readonly id: number;
  readonly method: string;
  readonly result: Promise<unknown>;
  readonly settled: Promise<void>;
  readonly #spec: RequestSpec;
  readonly #options: CallOptions<unknown>;
  readonly #send: SendControl;
  readonly #outcome = createDeferred<unknown>();
  readonly #settled = createDeferred<void>();
  /** null: this call has all the time in the world. */
  readonly #deadlines: Deadlines | null;
  #isWaiting = true;

  constructor(
    request: { readonly id: number; readonly method: string; readonly spec: RequestSpec },
    options: CallOptions<unknown>,
    send: SendControl,
    timers: Timers | undefined,
  ) {
    this.id = request.id;
    this.method = request.method;
    this.result = this.#outcome.promise;
    this.settled = this.#settled.promise;
    this.#spec = request.spec;
    this.#options = options;
    this.#send = send;
    const { signal, timeoutMs = request.spec.timeoutMs, progressTimeoutMs = request.spec.progressTimeoutMs } = options;
    this.#deadlines =
      timeoutMs === null && progressTimeoutMs === null
        ? null
        : new Deadlines({ timeoutMs, progressTimeoutMs }, (limit, limitMs) => this.#exceed(limit, limitMs), timers);
    signal?.addEventListener('abort', this, { once: true });
  }

  credit(bytes: number): void {
    if (!this.#isWaiting) return;
    this.#deadlines?.resume();
    this.#send({ kind: 'credit', id: this.id, bytes });
  }

  cancel(): void {
    this.#giveUp(cancelled(this.method));
  }

  /** The signal was aborted. */
  handleEvent(): void {
    this.cancel();
  }

  /** Throws `contract`. */
  receiveProgress(item: unknown): void {
    if (!this.#isWaiting || !this.#spec.progress) return;
    this.#deadlines?.progress();
    this.#options.onProgress?.(checkMessage(this.#spec.progress, item, `${this.method}.progress`));
  }

  receiveStarved(): void {
    this.#deadlines?.pause();
  }

  /** Throws `contract`. */
  receiveResult(value: unknown): void {
    this.#settled.resolve();
    if (!this.#stopWaiting()) return;
    try {
      this.#outcome.resolve(checkMessage(this.#spec.result, value, `${this.method}.result`));
    } catch (error) {
      this.#outcome.reject(error);
      throw error;
    }
  }

  /** The other side has answered with an error, or is gone. */
  fail(error: AsideError): void {
    this.#settled.resolve();
    if (this.#stopWaiting()) this.#outcome.reject(error);
  }

  #exceed(limit: ExceededLimit, limitMs: number): void {
    this.#giveUp(timedOut(this.method, limit, limitMs));
  }

  #giveUp(error: AsideError): void {
    if (!this.#stopWaiting()) return;
    this.#outcome.reject(error);
    this.#send({ kind: 'cancel', id: this.id });
  }

  #stopWaiting(): boolean {
    if (!this.#isWaiting) return false;
    this.#isWaiting = false;
    this.#deadlines?.clear();
    this.#options.signal?.removeEventListener('abort', this);
    return true;
  }
}

/** A call that never leaves: its connection is gone or its signal was aborted before. */
export function rejectedCall(error: AsideError): Call<never> {
  return { result: Promise.reject(error), settled: Promise.resolve(), credit: () => {}, cancel: () => {} };
}

export function cancelled(request: string): AsideError {
  return new AsideError('request-cancelled', `${request} was cancelled`, { details: { request } });
}

function timedOut(request: string, limit: ExceededLimit, timeoutMs: number): AsideError {
  const what = limit === 'deadline' ? 'took longer than' : 'made no progress for';
  return new AsideError('request-timeout', `${request} ${what} ${timeoutMs} ms`, {
    details: { request, limit, timeoutMs },
    remedy: 'Try again; if it happens each time with the same text, try another voice.',
  });
}
