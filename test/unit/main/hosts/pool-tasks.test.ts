import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { GROUP_CALLS } from '../../../../protocol/contract/chunk.ts';
import type { Params } from '../../../../protocol/contract/define-contract.ts';
import type { EchoContract } from '../../../fixtures/hosts/echo-contract.ts';
import { errorOf } from '../../../helpers/error-of.ts';
import { settle } from '../../../helpers/fake-launcher.ts';
import { type BegunCall, closedWhy, createFakeTaskPool, type FakeTaskPool } from '../../../helpers/fake-task-pool.ts';

type Say = Params<EchoContract, 'echo.say'>;
const say = (text: string): Say => ({ text, items: 0 });
const answer = (text: string) => ({ text, pid: 1, args: [], marker: '' });
const texts = (pool: FakeTaskPool): string[] => pool.calls.map(({ params }) => (params as Say).text);

/** Inputs without end, which know how far they were read and whether they were left. */
function endless() {
  const state = { read: 0, isLeft: false };
  function* source(): Generator<Say> {
    try {
      for (;;) yield say(String(state.read++));
    } finally {
      state.isLeft = true;
    }
  }
  return { state, inputs: source() };
}

async function* slowly(inputs: Iterable<Say>): AsyncGenerator<Say> {
  for (const input of inputs) {
    await settle();
    yield input;
  }
}

describe('map', () => {
  it('gives the results in the order of the inputs, whatever order they come in', async () => {
    const pool = createFakeTaskPool();
    const mapped = pool.tasks.map('echo.say', ['a', 'b', 'c'].map(say));
    for (const index of [2, 0, 1]) pool.calls[index]?.resolve(answer(`${index}`));
    expect((await mapped).map(({ text }) => text)).toEqual(['0', '1', '2']);
  });

  it('gives nothing for nothing', async () => {
    expect(await createFakeTaskPool().tasks.map('echo.say', [])).toEqual([]);
  });

  it('reads no further ahead than it may, and goes on as results come', async () => {
    const pool = createFakeTaskPool();
    const { state, inputs } = endless();
    pool.tasks.map('echo.say', inputs, { readAhead: 3 }).catch(() => {});
    await settle();
    expect([state.read, pool.calls.length]).toEqual([3, 3]);
    pool.calls[1]?.resolve(answer('1'));
    await settle();
    expect(state.read).toBe(4);
    pool.terminate();
  });

  it('begins two calls for each that the pool runs at a time, unless told otherwise', async () => {
    const pool = createFakeTaskPool(5);
    pool.tasks.map('echo.say', endless().inputs).catch(() => {});
    await settle();
    expect(pool.calls).toHaveLength(10);
    pool.terminate();
  });

  it('reads one by one when it is told to read ahead what is no number', async () => {
    const pool = createFakeTaskPool();
    const mapped = pool.tasks.map('echo.say', [say('a')], { readAhead: Number.NaN });
    pool.calls[0]?.resolve(answer('a'));
    expect(await mapped).toHaveLength(1);
  });

  it('reads inputs that come with time', async () => {
    const pool = createFakeTaskPool();
    const mapped = pool.tasks.map('echo.say', slowly(['a', 'b'].map(say)));
    for (const index of [0, 1]) {
      while (!pool.calls[index]) await settle();
      pool.calls[index].resolve(answer(`${index}`));
    }
    expect((await mapped).map(({ text }) => text)).toEqual(['0', '1']);
  });

  it('ends with the first call that fails, cancels the others and reads no more', async () => {
    const pool = createFakeTaskPool();
    const { state, inputs } = endless();
    const mapped = pool.tasks.map('echo.say', inputs, { readAhead: 3 });
    pool.calls[1]?.reject(closedWhy);
    expect(await errorOf(mapped)).toBe(closedWhy);
    expect(pool.calls.map(({ isCancelled }) => isCancelled)).toEqual([true, false, true]);
    expect([state.isLeft, state.read, pool.open()]).toEqual([true, 3, 0]);
  });

  it('ends with what its inputs throw, when what it has begun is done', async () => {
    const pool = createFakeTaskPool();
    function* broken(): Generator<Say> {
      yield say('a');
      throw new Error('no more');
    }
    const mapped = pool.tasks.map('echo.say', broken());
    pool.calls[0]?.resolve(answer('a'));
    await expect(mapped).rejects.toThrow('no more');
    expect(pool.open()).toBe(0);
  });

  it('tells what became of each when it is to settle', async () => {
    const pool = createFakeTaskPool();
    const mapped = pool.tasks.map('echo.say', ['a', 'b'].map(say), { settled: true });
    pool.calls[1]?.resolve(answer('b'));
    pool.calls[0]?.reject(closedWhy);
    expect(await mapped).toEqual([
      { index: 0, status: 'rejected', reason: closedWhy },
      { index: 1, status: 'fulfilled', value: answer('b') },
    ]);
  });

  it('is cancelled by its signal, and leaves no listener there', async () => {
    const pool = createFakeTaskPool();
    const abort = new AbortController();
    const mapped = pool.tasks.map('echo.say', ['a', 'b'].map(say), { signal: abort.signal });
    abort.abort();
    expect(await errorOf(mapped)).toMatchObject({ code: 'request-cancelled', details: { request: 'echo.say' } });
    expect(pool.calls.map(({ isCancelled }) => isCancelled)).toEqual([true, true]);
    const { signal } = new AbortController();
    const done = pool.tasks.map('echo.say', [say('c')], { signal });
    pool.calls[2]?.resolve(answer('c'));
    await done;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('begins nothing when it was cancelled before, or when the pool takes no more', async () => {
    const pool = createFakeTaskPool();
    const { state, inputs } = endless();
    const signal = AbortSignal.abort();
    expect((await errorOf(pool.tasks.map('echo.say', inputs, { signal }))).code).toBe('request-cancelled');
    pool.terminate();
    expect(await errorOf(pool.tasks.map('echo.say', inputs))).toBe(closedWhy);
    expect([state.read, pool.calls.length, pool.open()]).toEqual([0, 0, 0]);
  });

  it('hands limits and priority to each call, and says which input progress is about', async () => {
    const pool = createFakeTaskPool();
    const heard: unknown[] = [];
    const mapped = pool.tasks.map('echo.say', ['a', 'b'].map(say), {
      timeoutMs: 5,
      priority: 'background',
      onProgress: (item, index) => heard.push([item, index]),
      onAssigned: (pid, index) => heard.push([pid, index]),
    });
    const [, second] = pool.calls;
    expect(second?.options).toMatchObject({ timeoutMs: 5, priority: 'background' });
    second?.options.onAssigned?.(42);
    second?.options.onProgress?.({ index: 7 });
    expect(heard).toEqual([
      [42, 1],
      [{ index: 7 }, 1],
    ]);
    pool.terminate();
    await errorOf(mapped);
  });
});

describe('imap', () => {
  it('gives results one by one, in the order of the inputs', async () => {
    const pool = createFakeTaskPool();
    const results = pool.tasks.imap('echo.say', ['a', 'b'].map(say));
    const first = results.next();
    pool.calls[1]?.resolve(answer('b'));
    await settle();
    pool.calls[0]?.resolve(answer('a'));
    expect(await first).toEqual({ done: false, value: answer('a') });
    expect(await results.next()).toEqual({ done: false, value: answer('b') });
    expect(await results.next()).toEqual({ done: true, value: undefined });
    expect(await results.next()).toEqual({ done: true, value: undefined });
    expect(pool.open()).toBe(0);
  });

  it('gives results as they come when the order does not matter', async () => {
    const pool = createFakeTaskPool();
    const results = pool.tasks.imapUnordered('echo.say', ['a', 'b'].map(say));
    const first = results.next();
    pool.calls[1]?.resolve(answer('b'));
    expect(await first).toEqual({ done: false, value: answer('b') });
    pool.calls[0]?.resolve(answer('a'));
    expect(await results.next()).toEqual({ done: false, value: answer('a') });
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('reads nothing before the first result is asked for', async () => {
    const pool = createFakeTaskPool();
    const { state, inputs } = endless();
    pool.tasks.imap('echo.say', inputs);
    await settle();
    expect([state.read, pool.open()]).toEqual([0, 1]);
  });

  it.each([true, false])('never reads further ahead of what was taken than it may (ordered: %s)', async (isOrdered) => {
    const pool = createFakeTaskPool();
    const { state, inputs } = endless();
    const { imap, imapUnordered } = pool.tasks;
    const results = (isOrdered ? imap : imapUnordered)('echo.say', inputs, { readAhead: 4 });
    let first = results.next();
    for (let taken = 1; taken <= 20; taken += 1) {
      for (const call of pool.calls) call.resolve(answer('x'));
      await first;
      await settle();
      expect(state.read - taken).toBe(4);
      first = results.next();
    }
  });

  it('reads inputs that come with time no further ahead', async () => {
    const pool = createFakeTaskPool();
    const { state, inputs } = endless();
    const results = pool.tasks.imap('echo.say', slowly(inputs), { readAhead: 2 });
    const first = results.next();
    while (pool.calls.length < 2) await settle();
    await settle();
    await settle();
    expect(state.read).toBe(2);
    pool.calls[0]?.resolve(answer('0'));
    await first;
    while (pool.calls.length < 3) await settle();
    expect(state.read).toBe(3);
  });

  it('may be asked for several results at once', async () => {
    const pool = createFakeTaskPool();
    const results = pool.tasks.imap('echo.say', ['a', 'b'].map(say));
    const asked = [results.next(), results.next(), results.next()];
    pool.calls[1]?.resolve(answer('b'));
    pool.calls[0]?.resolve(answer('a'));
    expect((await Promise.all(asked)).map(({ value }) => value?.text)).toEqual(['a', 'b', undefined]);
  });

  it.each(['return', 'throw', 'break', 'error'] as const)('cleans up when it is left by %s', async (way) => {
    const pool = createFakeTaskPool();
    const { state, inputs } = endless();
    const results = pool.tasks.imap('echo.say', inputs, { readAhead: 3 });
    const first = results.next();
    pool.calls[0]?.resolve(answer('0'));
    await first;
    const leave = {
      return: () => results.return?.(),
      throw: () => results.throw?.(new Error('enough')).catch(({ message }: Error) => message),
      break: async () => {
        pool.calls[1]?.resolve(answer('1'));
        for await (const _ of results) break;
      },
      error: async () => {
        pool.calls[1]?.reject(closedWhy);
        expect(await errorOf(results.next())).toBe(closedWhy);
      },
    };
    const left = await leave[way]();
    if (way === 'throw') expect(left).toBe('enough');
    await settle();
    const begun = way === 'return' || way === 'throw' ? pool.calls.slice(1) : pool.calls.slice(2);
    expect(begun.length).toBeGreaterThanOrEqual(2);
    expect(begun.map(({ isCancelled }) => isCancelled)).toEqual(begun.map(() => true));
    expect([state.isLeft, pool.open()]).toEqual([true, 0]);
    expect(await results.next()).toEqual({ done: true, value: undefined });
    const { read } = state;
    await settle();
    expect(state.read).toBe(read);
  });

  it('tells those who wait that it is over when it is left', async () => {
    const pool = createFakeTaskPool();
    const results = pool.tasks.imap('echo.say', endless().inputs);
    const waiting = results.next();
    await results.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('tells a failure in its place, after the results before it', async () => {
    const pool = createFakeTaskPool();
    const results = pool.tasks.imap('echo.say', ['a', 'b', 'c'].map(say));
    const first = results.next();
    pool.calls[1]?.reject(closedWhy);
    await settle();
    pool.calls[0]?.resolve(answer('a'));
    expect(await first).toEqual({ done: false, value: answer('a') });
    expect(await errorOf(results.next())).toBe(closedWhy);
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('goes on after a failure when it is to settle', async () => {
    const pool = createFakeTaskPool();
    const results = pool.tasks.imap('echo.say', ['a', 'b'].map(say), { settled: true });
    const first = results.next();
    pool.calls[0]?.reject(closedWhy);
    pool.calls[1]?.resolve(answer('b'));
    expect(await first).toEqual({ done: false, value: { index: 0, status: 'rejected', reason: closedWhy } });
    expect((await results.next()).value).toEqual({ index: 1, status: 'fulfilled', value: answer('b') });
  });

  it('tells what its inputs throw after all results', async () => {
    const pool = createFakeTaskPool();
    async function* broken(): AsyncGenerator<Say> {
      yield say('a');
      throw new Error('no more');
    }
    const results = pool.tasks.imap('echo.say', broken());
    const first = results.next();
    while (!pool.calls[0]) await settle();
    await settle();
    pool.calls[0].resolve(answer('a'));
    expect((await first).value).toEqual(answer('a'));
    await expect(results.next()).rejects.toThrow('no more');
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it.each(['waits', 'will ask'])('tells a consumer who %s that it was cancelled, once', async (who) => {
    const pool = createFakeTaskPool();
    const { state, inputs } = endless();
    const abort = new AbortController();
    const results = pool.tasks.imap('echo.say', inputs, { signal: abort.signal });
    const first = results.next();
    if (who === 'will ask') {
      pool.calls[0]?.resolve(answer('0'));
      await first;
    }
    abort.abort();
    expect((await errorOf(who === 'waits' ? first : results.next())).code).toBe('request-cancelled');
    expect(await results.next()).toEqual({ done: true, value: undefined });
    await settle();
    expect([state.isLeft, pool.open(), getEventListeners(abort.signal, 'abort')]).toEqual([true, 0, []]);
  });

  it('begins nothing when it was cancelled before, or when the pool takes no more', async () => {
    const pool = createFakeTaskPool();
    const { state, inputs } = endless();
    const cancelled = pool.tasks.imap('echo.say', inputs, { signal: AbortSignal.abort() });
    expect((await errorOf(cancelled.next())).code).toBe('request-cancelled');
    pool.terminate();
    expect(await errorOf(pool.tasks.imap('echo.say', inputs).next())).toBe(closedWhy);
    expect([state.read, pool.calls.length, pool.open()]).toEqual([0, 0, 0]);
  });

  it('is no longer open for the pool when all is begun and done, also if nobody takes the results', async () => {
    const pool = createFakeTaskPool();
    const results = pool.tasks.imap('echo.say', ['a', 'b'].map(say));
    const first = results.next();
    for (const call of pool.calls) call.resolve(answer('x'));
    await first;
    expect(pool.open()).toBe(0);
    expect((await results.next()).done).toBe(false);
  });
});

describe('apply and applyAsync', () => {
  it('are request and start by the names that people know', async () => {
    const pool = createFakeTaskPool();
    const applied = pool.tasks.apply('echo.say', say('a'));
    const { result } = pool.tasks.applyAsync('echo.say', say('b'));
    expect(texts(pool)).toEqual(['a', 'b']);
    for (const call of pool.calls) call.resolve(answer('x'));
    expect([await applied, await result]).toEqual([answer('x'), answer('x')]);
  });
});

describe('map in chunks', () => {
  const allOf = (pool: FakeTaskPool) => pool.calls.map(({ params }) => (params as Say[]).map(({ text }) => text));
  const groupOf = (...texts: string[]) => ({ values: texts.map(answer), errors: [] });
  const finish = (call: BegunCall | undefined, ...texts: string[]): void => {
    call?.options.onProgress?.(groupOf(...texts));
    call?.resolve(null);
  };

  it('makes one call of so many inputs, and of what is left at the end', async () => {
    const pool = createFakeTaskPool();
    const mapped = pool.tasks.map('echo.say', ['a', 'b', 'c'].map(say), { chunkSize: 2 });
    expect(allOf(pool)).toEqual([['a', 'b'], ['c']]);
    expect(pool.calls.map(({ options }) => options.isChunk)).toEqual([true, true]);
    finish(pool.calls[1], '2');
    finish(pool.calls[0], '0', '1');
    expect((await mapped).map(({ text }) => text)).toEqual(['0', '1', '2']);
  });

  it('gives a chunk the time of all its calls', () => {
    const pool = createFakeTaskPool();
    pool.tasks.map('echo.say', ['a', 'b', 'c'].map(say), { chunkSize: 2, timeoutMs: 10 }).catch(() => {});
    expect(pool.calls.map(({ options }) => options.timeoutMs)).toEqual([20, 10]);
    pool.terminate();
  });

  it('gives the silence of a chunk the time of all the calls that answer together', () => {
    const pool = createFakeTaskPool();
    const options = { chunkSize: 10_000, progressTimeoutMs: 2 };
    pool.tasks.map('echo.say', endless().inputs, options).catch(() => {});
    expect(pool.calls[0]?.options.progressTimeoutMs).toBe(2 * GROUP_CALLS);
    pool.terminate();
  });

  it('reads ahead in whole chunks', async () => {
    const pool = createFakeTaskPool();
    const { state, inputs } = endless();
    pool.tasks.map('echo.say', inputs, { chunkSize: 10, readAhead: 25 }).catch(() => {});
    await settle();
    expect([state.read, pool.calls.length]).toEqual([30, 3]);
    pool.terminate();
  });

  it('of a size without end are one chunk', async () => {
    const pool = createFakeTaskPool();
    const mapped = pool.tasks.map('echo.say', ['a', 'b'].map(say), {
      chunkSize: Number.POSITIVE_INFINITY,
      settled: true,
    });
    finish(pool.calls[0], 'a', 'b');
    expect((await mapped).map(({ index }) => index)).toEqual([0, 1]);
  });

  it.each([0, -3, Number.NaN, 1.9])('of size %d are single calls', async (chunkSize) => {
    const pool = createFakeTaskPool();
    const mapped = pool.tasks.map('echo.say', ['a', 'b'].map(say), { chunkSize });
    expect(texts(pool)).toEqual(['a', 'b']);
    for (const [index, call] of pool.calls.entries()) call.resolve(answer(`${index}`));
    expect((await mapped).map(({ text }) => text)).toEqual(['0', '1']);
  });

  it('tells of each call of a chunk that was cut short that it was', async () => {
    const pool = createFakeTaskPool();
    const mapped = pool.tasks.map('echo.say', ['a', 'b', 'c'].map(say), { chunkSize: 2, settled: true });
    pool.calls[0]?.reject(closedWhy);
    finish(pool.calls[1], 'c');
    expect(await mapped).toEqual([
      { index: 0, status: 'rejected', reason: closedWhy },
      { index: 1, status: 'rejected', reason: closedWhy },
      { index: 2, status: 'fulfilled', value: answer('c') },
    ]);
  });

  it('keeps what a chunk brought before it was cut short, and of one that began anew only the second time', async () => {
    const pool = createFakeTaskPool();
    const mapped = pool.tasks.map('echo.say', ['a', 'b', 'c'].map(say), { chunkSize: 3, settled: true });
    const { options, reject } = pool.calls[0] as BegunCall;
    options.onAssigned?.(1);
    options.onProgress?.(groupOf('lost', 'with its host'));
    options.onAssigned?.(2);
    options.onProgress?.(groupOf('kept'));
    reject(closedWhy);
    expect(await mapped).toEqual([
      { index: 0, status: 'fulfilled', value: answer('kept') },
      { index: 1, status: 'rejected', reason: closedWhy },
      { index: 2, status: 'rejected', reason: closedWhy },
    ]);
  });
});
