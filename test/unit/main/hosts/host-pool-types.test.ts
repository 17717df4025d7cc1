import { describe, expectTypeOf, it } from 'vitest';
import type {
  AsideError,
  HostExitReport,
  HostPool,
  PoolCallOptions,
  PooledCall,
  PoolStatistics,
  SlotStatus,
  TaskInputs,
  TaskOptions,
  TaskOutcome,
} from '../../../../main/hosts/hosts.ts';
import type { EchoContract } from '../../../fixtures/hosts/echo-contract.ts';

type Pool = HostPool<EchoContract>;
type Said = { text: string; pid: number; args: string[]; marker: string };
type Say = { text: string; items: number };
type Inputs = TaskInputs<Say>;

declare const pool: Pool;
declare const inputs: Inputs;

// What is in here is checked by the compiler (`npm run check`) and never run.
const never = (_: () => void): void => {};

describe('the types of a pool', () => {
  it('know what a request answers', () =>
    never(() => {
      expectTypeOf(pool.apply('echo.say', { text: '', items: 0 })).toEqualTypeOf<Promise<Said>>();
      expectTypeOf(pool.request('echo.say', { text: '', items: 0 })).toEqualTypeOf<Promise<Said>>();
      expectTypeOf(pool.applyAsync('echo.say', { text: '', items: 0 })).toEqualTypeOf<PooledCall<Said>>();
      expectTypeOf(pool.start('echo.say', { text: '', items: 0 })).toEqualTypeOf<PooledCall<Said>>();
      expectTypeOf(pool.map('echo.say', inputs)).toEqualTypeOf<Promise<Said[]>>();
      expectTypeOf(pool.imap('echo.say', inputs)).toEqualTypeOf<AsyncIterableIterator<Said, undefined>>();
      expectTypeOf(pool.imapUnordered('echo.say', inputs)).toEqualTypeOf<AsyncIterableIterator<Said, undefined>>();
    }));

  it('know what became of an input where calls are to settle', () =>
    never(() => {
      const settled = { settled: true } as const;
      expectTypeOf(pool.map('echo.say', inputs, settled)).toEqualTypeOf<Promise<TaskOutcome<Said>[]>>();
      expectTypeOf(pool.imap('echo.say', inputs, settled)).toEqualTypeOf<
        AsyncIterableIterator<TaskOutcome<Said>, undefined>
      >();
      expectTypeOf(pool.imapUnordered('echo.say', inputs, settled)).toEqualTypeOf<
        AsyncIterableIterator<TaskOutcome<Said>, undefined>
      >();
    }));

  it('know what progress is made of', () => {
    expectTypeOf<PoolCallOptions<{ index: number }>['onProgress']>().toEqualTypeOf<
      ((item: { index: number }) => void) | undefined
    >();
    expectTypeOf<TaskOptions<{ index: number }>['onProgress']>().toEqualTypeOf<
      ((item: { index: number }, index: number) => void) | undefined
    >();
    never(() => {
      pool.start('echo.say', { text: '', items: 0 }, { onProgress: (item) => expectTypeOf(item.index).toBeNumber() });
      pool.map('echo.say', inputs, { onProgress: (item) => expectTypeOf(item).toEqualTypeOf<{ index: number }>() });
    });
  });

  it('know what callers are called back with, and what pools tell of themselves', () => {
    expectTypeOf<Parameters<NonNullable<PoolCallOptions<never>['onAssigned']>>>().toEqualTypeOf<[pid: number]>();
    expectTypeOf<Parameters<NonNullable<TaskOptions<never>['onAssigned']>>>().toEqualTypeOf<
      [pid: number, index: number]
    >();
    expectTypeOf<Parameters<NonNullable<PoolCallOptions<never>['onRetry']>>>().toEqualTypeOf<
      [error: AsideError, attempts: number]
    >();
    expectTypeOf<PooledCall<Said>['stage']>().toEqualTypeOf<'waiting' | 'running' | 'over'>();
    expectTypeOf<PooledCall<Said>['settled']>().toEqualTypeOf<Promise<void>>();
    expectTypeOf<ReturnType<Pool['statistics']>>().toEqualTypeOf<PoolStatistics>();
    expectTypeOf<ReturnType<Pool['status']>>().toEqualTypeOf<SlotStatus[]>();
    expectTypeOf<ReturnType<Pool['exits']>>().toEqualTypeOf<HostExitReport[]>();
    expectTypeOf<ReturnType<Pool['onChange']>>().toEqualTypeOf<() => void>();
  });

  it('refuse options that mean nothing', () =>
    never(() => {
      // @ts-expect-error no such priority
      pool.start('echo.say', { text: '', items: 0 }, { priority: 'urgent' });
      // @ts-expect-error a policy says how often
      pool.start('echo.say', { text: '', items: 0 }, { retry: { codes: ['host-exited'] } });
      // @ts-expect-error no such failure
      pool.start('echo.say', { text: '', items: 0 }, { retry: { times: 1, codes: ['bad-luck'] } });
      // @ts-expect-error to settle is not left open
      pool.map('echo.say', inputs, { settled: false });
    }));

  it('refuse what is not in the contract', () =>
    never(() => {
      // @ts-expect-error no such request
      pool.apply('echo.shout', {});
      // @ts-expect-error not its parameters
      pool.apply('echo.say', { text: 1, items: 0 });
      // @ts-expect-error not its inputs
      pool.map('echo.say', [{ text: 'a' }]);
      // @ts-expect-error one input is not many
      pool.imap('echo.say', { text: '', items: 0 });
    }));

  it('take inputs from arrays, generators and streams', () => {
    expectTypeOf<Say[]>().toExtend<Inputs>();
    expectTypeOf<Generator<Say>>().toExtend<Inputs>();
    expectTypeOf<AsyncGenerator<Say>>().toExtend<Inputs>();
    expectTypeOf<ReadonlySet<Say>>().toExtend<Inputs>();
  });
});
