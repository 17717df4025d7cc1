import type { Contract, Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { PoolCallOptions, PooledCall } from './pool-call.ts';
import type { TaskOutcome } from './task-feed.ts';
import type { TaskInputs } from './task-inputs.ts';

/** Options of `map` and `imap`. Limits, priority and credit-free listeners hold for each call. */
export interface TaskOptions<Item> extends Omit<PoolCallOptions<Item>, 'onProgress' | 'onAssigned'> {
  /** Cancels what runs, and rejects with `request-cancelled`. */
  readonly signal?: AbortSignal;
  /** `index` counts the inputs from 0. */
  readonly onProgress?: (item: Item, index: number) => void;
  readonly onAssigned?: (pid: number, index: number) => void;
  /**
   * How many inputs may be read before the results of those before them are there (`map`), or have been taken (`imap`);
   * at least 1. Default: two for each call that the pool runs at a time, so that no host waits for its next input.
   */
  readonly readAhead?: number;
}

/** Options of `map`. */
export interface MapOptions<Item> extends TaskOptions<Item> {
  /**
   * How many inputs go to a host at a time, at least 1; default 1. For inputs whose work takes less than their way to a
   * host and back. A chunk is one call to the pool, its limits and its statistics: its calls share one death and one
   * deadline, which is as long as theirs together. When one fails, the others of its chunk are made all the same. What a
   * chunk had brought before it was cut short stays known. `retry` is for what cuts it short, and makes all of it again; it
   * is not for a call in it that fails. `onAssigned` hears of the first of a chunk. Not for requests that report progress:
   * they are `refused`.
   */
  readonly chunkSize?: number;
}

/** Gives outcomes in place of results, and goes on after a call that failed. */
export interface SettledTasks {
  readonly settled: true;
}

/** One request, many inputs: the task API that Python's `multiprocessing.Pool` has made known. */
export interface TaskMethods<C extends Contract> {
  /** The same as `request`. */
  apply<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: PoolCallOptions<Progress<C, M>>,
  ): Promise<Result<C, M>>;
  /** The same as `start`: returns at once. */
  applyAsync<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: PoolCallOptions<Progress<C, M>>,
  ): PooledCall<Result<C, M>>;
  /**
   * Results in the order of the inputs. The first call that fails ends it: it rejects with that error, what runs is
   * cancelled, no more is read. An error that the inputs throw does the same. Its calls do not count against `queueLimit`.
   */
  map<M extends Method<C>>(
    method: M,
    inputs: TaskInputs<Params<C, M>>,
    options: MapOptions<Progress<C, M>> & SettledTasks,
  ): Promise<TaskOutcome<Result<C, M>>[]>;
  map<M extends Method<C>>(
    method: M,
    inputs: TaskInputs<Params<C, M>>,
    options?: MapOptions<Progress<C, M>>,
  ): Promise<Result<C, M>[]>;
  /**
   * Results in the order of the inputs, one by one, over inputs that need have no end. Nothing is read before the first is
   * asked for, and then never more than `readAhead` inputs whose results have not been taken. A call that fails is told
   * in its place and ends it. Leaving it early (`return`, `throw`, `break` in `for await`) cancels what runs and lets the
   * inputs clean up. Its calls do not count against `queueLimit`.
   */
  imap<M extends Method<C>>(
    method: M,
    inputs: TaskInputs<Params<C, M>>,
    options: TaskOptions<Progress<C, M>> & SettledTasks,
  ): AsyncIterableIterator<TaskOutcome<Result<C, M>>, undefined>;
  imap<M extends Method<C>>(
    method: M,
    inputs: TaskInputs<Params<C, M>>,
    options?: TaskOptions<Progress<C, M>>,
  ): AsyncIterableIterator<Result<C, M>, undefined>;
  /** `imap` with each result as soon as it is there. */
  imapUnordered<M extends Method<C>>(
    method: M,
    inputs: TaskInputs<Params<C, M>>,
    options: TaskOptions<Progress<C, M>> & SettledTasks,
  ): AsyncIterableIterator<TaskOutcome<Result<C, M>>, undefined>;
  imapUnordered<M extends Method<C>>(
    method: M,
    inputs: TaskInputs<Params<C, M>>,
    options?: TaskOptions<Progress<C, M>>,
  ): AsyncIterableIterator<Result<C, M>, undefined>;
}
