import { AsideError } from '../errors.ts';
import { checkMessage } from './check-message.ts';
import { createDeadlines, type Timers } from './deadlines.ts';
import { createDeferred } from './deferred.ts';
import type { RequestSpec } from './define-contract.ts';

export interface CallOptions<Item> {
  /** Cancels the call: it rejects at once with `request-cancelled`, then the other side is told. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (item: Item) => void;
  /** In place of the contract's own; null means unbounded. The clock starts when the request is sent. */
  readonly timeoutMs?: number | null;
  readonly progressTimeoutMs?: number | null;
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

/** A call seen from the connection: what arrives for it goes in here. `progress` and `result` throw `contract`. */
export interface OpenCall {
  readonly method: string;
  progress(item: unknown): void;
  starved(): void;
  result(value: unknown): void;
  fail(error: AsideError): void;
}

/** What a call sends. `cancel` goes out after the caller has been told. */
export interface CallWire {
  cancel(): void;
  credit(bytes: number): void;
}

/** The caller's side of one request, from its sending to its answer. */
export function openCall(
  method: string,
  spec: RequestSpec,
  options: CallOptions<unknown>,
  wire: CallWire,
  timers: Timers | undefined,
): { call: Call<unknown>; open: OpenCall } {
  const { signal, onProgress, timeoutMs = spec.timeoutMs, progressTimeoutMs = spec.progressTimeoutMs } = options;
  const outcome = createDeferred<unknown>();
  const settled = createDeferred<void>();
  let isWaiting = true;

  const stopWaiting = (): boolean => {
    const wasWaiting = isWaiting;
    isWaiting = false;
    deadlines.clear();
    signal?.removeEventListener('abort', cancel);
    return wasWaiting;
  };
  const giveUp = (error: AsideError): void => {
    if (!stopWaiting()) return;
    outcome.reject(error);
    wire.cancel();
  };
  const cancel = (): void => giveUp(cancelled(method));
  const deadlines = createDeadlines(
    { timeoutMs, progressTimeoutMs },
    (limit, limitMs) => giveUp(timedOut(method, limit, limitMs)),
    timers,
  );
  signal?.addEventListener('abort', cancel, { once: true });

  const open: OpenCall = {
    method,
    starved: () => deadlines.pause(),
    progress: (item) => {
      if (!isWaiting || !spec.progress) return;
      deadlines.progress();
      onProgress?.(checkMessage(spec.progress, item, `${method}.progress`));
    },
    result: (value) => {
      settled.resolve();
      if (!stopWaiting()) return;
      try {
        outcome.resolve(checkMessage(spec.result, value, `${method}.result`));
      } catch (error) {
        outcome.reject(error);
        throw error;
      }
    },
    fail: (error) => {
      settled.resolve();
      if (stopWaiting()) outcome.reject(error);
    },
  };
  const credit = (bytes: number): void => {
    if (!isWaiting) return;
    deadlines.resume();
    wire.credit(bytes);
  };
  return { open, call: { result: outcome.promise, settled: settled.promise, credit, cancel } };
}

/** A call that never leaves: its connection is gone or its signal was aborted before. */
export function rejectedCall(error: AsideError): Call<never> {
  return { result: Promise.reject(error), settled: Promise.resolve(), credit: () => {}, cancel: () => {} };
}

export function cancelled(request: string): AsideError {
  return new AsideError('request-cancelled', `${request} was cancelled`, { details: { request } });
}

function timedOut(request: string, limit: 'deadline' | 'progress', timeoutMs: number): AsideError {
  const what = limit === 'deadline' ? 'took longer than' : 'made no progress for';
  return new AsideError('request-timeout', `${request} ${what} ${timeoutMs} ms`, {
    details: { request, limit, timeoutMs },
    remedy: 'Try again; if it happens each time with the same text, try another voice.',
  });
}
