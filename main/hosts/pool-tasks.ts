import { cancelled } from '../../protocol/contract/call.ts';
import type { Contract } from '../../protocol/contract/define-contract.ts';
import type { AsideError } from '../../protocol/errors.ts';
import { planChunks, planSingles, resultOf } from './map-plan.ts';
import type { PoolCallOptions, PooledCall } from './pool-call.ts';
import { TaskFeed } from './task-feed.ts';
import type { TaskInputs } from './task-inputs.ts';
import { TaskIterator } from './task-iterator.ts';
import type { MapOptions, TaskMethods } from './task-methods.ts';

/** What tasks need of a pool. Types are kept by `TaskMethods`; in here a method is a name. */
export interface TaskPool {
  /** Calls that run at the same time. */
  readonly concurrency: number;
  /**
   * Takes a task in, which may then begin calls, also while the pool closes, until it calls the function returned. `onEnded`
   * hears when the pool is terminated; at once, before `admit` returns, when it takes nothing more.
   */
  admit(onEnded: (why: AsideError) => void): () => void;
  /** Starts a call of a task that was taken in. */
  begin(method: string, params: unknown, options: PoolCallOptions<unknown>): PooledCall<unknown>;
}

type Options = MapOptions<unknown> & { readonly settled?: boolean };

/** The calls of a pool of which tasks are made. */
interface TypedCalls<C extends Contract> {
  readonly start: TaskMethods<C>['applyAsync'];
  readonly request: TaskMethods<C>['apply'];
}

export function createTaskMethods<C extends Contract>(pool: TaskPool & TypedCalls<C>): TaskMethods<C> {
  type Task<R> = (method: string, inputs: TaskInputs<unknown>, options?: Options) => R;
  const map: Task<Promise<unknown[]>> = (method, inputs, options) => mapTask(pool, method, inputs, options);
  const imap =
    (isOrdered: boolean): Task<AsyncIterableIterator<unknown, undefined>> =>
    (method, inputs, options) =>
      imapTask(pool, isOrdered, method, inputs, options);
  return {
    apply: (method, params, options) => pool.request(method, params, options),
    applyAsync: (method, params, options) => pool.start(method, params, options),
    // That method, inputs, options and results go together is what `TaskMethods` says and what these do not look at.
    map: map as TaskMethods<C>['map'],
    imap: imap(true) as TaskMethods<C>['imap'],
    imapUnordered: imap(false) as TaskMethods<C>['imapUnordered'],
  };
}

function mapTask(
  pool: TaskPool,
  method: string,
  inputs: TaskInputs<unknown>,
  options: Options = {},
): Promise<unknown[]> {
  const { signal, settled = false, readAhead } = options;
  const chunkSize = countOf(options.chunkSize ?? 1);
  const plan = chunkSize > 1 ? planChunks(inputs, chunkSize, settled) : planSingles(inputs, settled);
  return new Promise((resolve, reject) => {
    let over = (): void => {};
    const end = (): void => {
      over();
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (reason: unknown): void => {
      end();
      reject(reason);
      feed.stop().catch(() => {}); // what went wrong first is the one to be told
    };
    const onAbort = (): void => fail(cancelled(method));
    const feed = new TaskFeed<unknown, unknown>({
      inputs: plan.inputs,
      readAhead: readAheadOf(pool, readAhead && Math.ceil(readAhead / chunkSize)),
      begin: (params, index) =>
        pool.begin(method, params, plan.optionsOf(params, callOptions(options, index * chunkSize))),
      onOutcome: (outcome) => {
        try {
          plan.take(outcome);
        } catch (reason) {
          return fail(reason);
        }
        feed.taken();
      },
      onEnd: (thrown) => {
        if (thrown) return fail(thrown.reason);
        end();
        resolve(plan.results());
      },
    });
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) return onAbort();
    over = pool.admit(fail);
    feed.fill();
  });
}

function imapTask(
  pool: TaskPool,
  isOrdered: boolean,
  method: string,
  inputs: TaskInputs<unknown>,
  options: Options = {},
): AsyncIterableIterator<unknown, undefined> {
  const { signal, settled } = options;
  const onAbort = (): void => iterator.fail(cancelled(method));
  let over = (): void => {};
  const iterator = new TaskIterator<unknown, unknown, unknown>({
    inputs,
    isOrdered,
    readAhead: readAheadOf(pool, options.readAhead),
    begin: (params, index) => pool.begin(method, params, callOptions(options, index)),
    toItem: settled ? (outcome) => outcome : resultOf,
    onOver: () => {
      over();
      signal?.removeEventListener('abort', onAbort);
    },
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  else over = pool.admit((why) => iterator.fail(why));
  return iterator;
}

/** Of calls. */
function readAheadOf(pool: TaskPool, wanted: number | undefined): number {
  return countOf(wanted ?? 2 * pool.concurrency);
}

/** At least 1, also of what is no number. */
function countOf(wanted: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(1, Math.floor(wanted) || 1));
}

function callOptions(options: Options, index: number): PoolCallOptions<unknown> {
  const { signal, readAhead, settled, chunkSize, onProgress, onAssigned, ...each } = options;
  return {
    ...each,
    ...(onProgress && { onProgress: (item: unknown) => onProgress(item, index) }),
    ...(onAssigned && { onAssigned: (pid: number) => onAssigned(pid, index) }),
  };
}
