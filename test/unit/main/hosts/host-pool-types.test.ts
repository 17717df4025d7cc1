import { describe, expectTypeOf, it } from 'vitest';
import type {
  HostPool,
  PoolCallOptions,
  PooledCall,
  TaskInputs,
  TaskOptions,
  TaskOutcome,
} from '../../../../main/hosts/host-pool.ts';
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
