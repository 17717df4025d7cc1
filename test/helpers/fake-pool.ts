import type { HostPool, PoolCallOptions } from '../../main/hosts/host-pool.ts';
import { createTaskMethods, type TaskPool } from '../../main/hosts/pool-tasks.ts';
import type { Progress } from '../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';

type Items = Progress<HostContract, 'utterance.speak'> | Progress<HostContract, 'utterance.render'>;

/** What an answer may do on its way. */
export interface FakeCall {
  readonly params: Record<string, unknown>;
  readonly signal: AbortSignal | undefined;
  progress(item: Items): void;
  /** Resolves with the next credit that is granted. */
  nextCredit(): Promise<number>;
}

export type FakeAnswer = (call: FakeCall) => Promise<unknown> | undefined;

export interface FakePool extends HostPool<HostContract> {
  readonly calls: { method: string; params: Record<string, unknown> }[];
}

/**
 * A pool at our own seam whose answers a test writes down. Only for what a real host cannot be made to do on demand;
 * the real pool with real hosts is in the integration tests.
 */
export function createFakePool(answers: Partial<Record<string, FakeAnswer>>): FakePool {
  const calls: FakePool['calls'] = [];
  const start = (method: string, params: Record<string, unknown>, options: PoolCallOptions<never> = {}) => {
    calls.push({ method, params });
    const credits: number[] = [];
    let wake = (): void => {};
    const call: FakeCall = {
      params,
      signal: options.signal,
      progress: (item) => options.onProgress?.(item as never),
      nextCredit: async () => {
        if (credits.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        return credits.shift() ?? 0;
      },
    };
    options.onAssigned?.(4_000 + calls.length);
    const result = answers[method]?.(call) ?? Promise.reject(new Error(`the test answers no ${method}`));
    const settled = result.then(
      () => {},
      () => {},
    );
    return {
      stage: 'running' as const,
      pid: 4_000 + calls.length,
      attempts: 1,
      result,
      settled,
      cancel: () => {}, // tests cancel by signal
      credit: (bytes: number) => {
        credits.push(bytes);
        wake();
      },
    };
  };
  const typed = {
    start: start as HostPool<HostContract>['start'],
    request: ((method: string, params: Record<string, unknown>, options: PoolCallOptions<never>) =>
      start(method, params, options).result) as HostPool<HostContract>['request'],
  };
  return {
    calls,
    ...typed,
    ...createTaskMethods<HostContract>({
      ...typed,
      concurrency: 1,
      admit: () => () => {},
      begin: start as TaskPool['begin'],
    }),
    warm: () => {},
    status: () => [],
    exits: () => [],
    sample: () => {},
    end: () => false,
    restart: () => false,
    statistics: () => {
      throw new Error('the fake pool counts nothing');
    },
    onChange: () => () => {},
    retry: () => {},
    close: () => {},
    join: async () => {},
    terminate: async () => {},
  };
}
