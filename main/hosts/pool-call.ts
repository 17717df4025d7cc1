import { type Call, type CallOptions, cancelled } from '../../protocol/contract/call.ts';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import type { AsideError } from '../../protocol/errors.ts';
import type { CallPriority } from './call-queue.ts';

export interface PoolCallOptions<Item> extends CallOptions<Item> {
  /** Called once, when a host takes the call, with its process id; never for a call that does not get that far. */
  readonly onAssigned?: (pid: number) => void;
  /** Default: `listening`. */
  readonly priority?: CallPriority;
}

/** What the caller of a pool holds. */
export interface PooledCall<R> extends Call<R> {
  /** Waiting for a host, running on one, or over: its caller has been told. */
  readonly stage: 'waiting' | 'running' | 'over';
  /** The process that has taken it; null until one has. */
  readonly pid: number | null;
}

/** One call from its arrival at the pool to its end, first waiting, then running on a host. */
export interface PoolCall {
  readonly method: string;
  readonly params: unknown;
  readonly priority: CallPriority;
  /** False from the moment on which its caller has been told, also if its host is still at it. */
  readonly isOpen: boolean;
  /** What the caller holds. */
  readonly call: PooledCall<unknown>;
  /** Rejects. A waiting call is then settled; a running one settles with its host. */
  fail(error: AsideError): void;
  /** Gives it to a host: `start` is handed what to listen with, and returns the running call. */
  assign(pid: number, start: (options: CallOptions<unknown>) => Call<unknown>): void;
}

/** `onCancelled` is called when its caller ends the call; a host that has it is told after that. */
export function createPoolCall(
  method: string,
  params: unknown,
  options: PoolCallOptions<unknown>,
  onCancelled: (call: PoolCall) => void,
): PoolCall {
  const { signal, onAssigned, onProgress, priority = 'listening', ...callOptions } = options;
  const outcome = createDeferred<unknown>();
  const settled = createDeferred<void>();
  let running: Call<unknown> | null = null;
  let hostPid: number | null = null;
  let creditBytes = 0;
  let isOpen = true;

  const close = (): void => {
    isOpen = false;
    signal?.removeEventListener('abort', cancel);
  };
  const fail = (error: AsideError): void => {
    close();
    outcome.reject(error);
    if (!running) settled.resolve();
  };
  const cancel = (): void => {
    if (!isOpen) return;
    fail(cancelled(method));
    onCancelled(poolCall);
    running?.cancel();
  };
  signal?.addEventListener('abort', cancel, { once: true });

  const poolCall: PoolCall = {
    method,
    params,
    priority,
    get isOpen() {
      return isOpen;
    },
    call: {
      get stage() {
        if (!isOpen) return 'over';
        return running ? 'running' : 'waiting';
      },
      get pid() {
        return hostPid;
      },
      result: outcome.promise,
      settled: settled.promise,
      credit: (bytes) => {
        if (running) running.credit(bytes);
        else creditBytes += bytes;
      },
      cancel,
    },
    fail,
    assign: (pid, start) => {
      hostPid = pid;
      onAssigned?.(pid);
      running = start({
        ...callOptions,
        ...(onProgress && { onProgress: (item: unknown) => void (isOpen && onProgress(item)) }),
      });
      if (creditBytes > 0) running.credit(creditBytes);
      running.result.then(outcome.resolve, outcome.reject).finally(close);
      void running.settled.then(settled.resolve);
    },
  };
  return poolCall;
}

/** A call that the pool does not take. */
export function refusedCall(error: AsideError): PooledCall<never> {
  return {
    stage: 'over',
    pid: null,
    result: Promise.reject(error),
    settled: Promise.resolve(),
    credit: () => {},
    cancel: () => {},
  };
}
