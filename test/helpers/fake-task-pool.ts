import type { PoolCallOptions, PooledCall } from '../../main/hosts/pool-call.ts';
import { createTaskMethods, type TaskPool } from '../../main/hosts/pool-tasks.ts';
import type { TaskMethods } from '../../main/hosts/task-methods.ts';
import { cancelled } from '../../protocol/contract/call.ts';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import { AsideError } from '../../protocol/errors.ts';
import type { EchoContract } from '../fixtures/hosts/echo-contract.ts';

/** A call that a task has begun. */
export interface BegunCall {
  readonly params: unknown;
  readonly options: PoolCallOptions<unknown>;
  readonly isCancelled: boolean;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

export interface FakeTaskPool {
  readonly tasks: TaskMethods<EchoContract>;
  /** Calls begun so far, oldest first. */
  readonly calls: readonly BegunCall[];
  /** Tasks that were taken in and are not over. */
  readonly open: () => number;
  /** Ends all tasks, as a pool does that is terminated; it takes no more. */
  terminate(): void;
}

export const closedWhy = new AsideError('disconnected', 'closed', { details: {} });

/** The pool as tasks see it, without hosts: a test answers each call. */
export function createFakeTaskPool(concurrency = 2): FakeTaskPool {
  const calls: BegunCall[] = [];
  const admitted = new Set<(why: AsideError) => void>();
  let isOpen = true;

  const begin = (method: string, params: unknown, options: PoolCallOptions<unknown>): PooledCall<unknown> => {
    const outcome = createDeferred<unknown>();
    let isCancelled = false;
    calls.push({
      params,
      options,
      get isCancelled() {
        return isCancelled;
      },
      ...outcome,
    });
    return {
      stage: 'running',
      pid: 1,
      attempts: 1,
      result: outcome.promise,
      settled: Promise.resolve(),
      credit: () => {},
      cancel: () => {
        isCancelled = true;
        outcome.reject(cancelled(method));
      },
    };
  };
  const pool: TaskPool = {
    concurrency,
    admit: (onEnded) => {
      if (isOpen) admitted.add(onEnded);
      else onEnded(closedWhy);
      return () => admitted.delete(onEnded);
    },
    begin,
  };
  const start = ((method: string, params: unknown, options: PoolCallOptions<unknown> = {}) =>
    begin(method, params, options)) as TaskMethods<EchoContract>['applyAsync'];
  return {
    tasks: createTaskMethods<EchoContract>({
      ...pool,
      start,
      request: (method, params, options) => start(method, params, options).result,
    }),
    calls,
    open: () => admitted.size,
    terminate: () => {
      isOpen = false;
      for (const onEnded of [...admitted]) onEnded(closedWhy);
    },
  };
}
