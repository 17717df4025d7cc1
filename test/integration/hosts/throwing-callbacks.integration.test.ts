import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { PoolCallOptions } from '../../../main/hosts/host-pool.ts';
import { errorOf } from '../../helpers/error-of.ts';
import { createFixturePools, type FixturePool } from '../../helpers/fixture-pool.ts';
import { collectUncaught } from '../../helpers/uncaught.ts';

const OTHERS = 20;
const hello = { text: 'hello', items: 2 };

const failing = (): never => {
  throw new Error('a mistake');
};

const callbacks = ['onAssigned', 'onProgress', 'onRetry'] as const;
type Callback = (typeof callbacks)[number];

/** Starts a call that comes to call that callback, which throws. */
function startFailing(pool: FixturePool, name: Callback, options: PoolCallOptions<unknown> = {}): Promise<unknown> {
  const failingOptions: PoolCallOptions<unknown> = { ...options, [name]: failing };
  if (name !== 'onRetry') return pool.request('echo.wait', {}, failingOptions);
  const call = pool.start(
    'echo.wait',
    {},
    {
      ...failingOptions,
      retry: { times: 3 },
      onProgress: () => process.kill(call.pid ?? 0, 'SIGKILL'),
    },
  );
  return call.result;
}

describe('a callback that throws', { timeout: 60_000 }, () => {
  const pools = createFixturePools();
  afterEach(() => pools.closeAll());

  it.each(callbacks)('(%s) ends its own call with a named error, and no other', async (name) => {
    const { signal } = new AbortController();
    const pool = pools.open('echo', { size: 2 });
    const others = Array.from({ length: OTHERS }, () => pool.request('echo.say', hello));
    const failed = errorOf(startFailing(pool, name, { signal }));
    others.push(...Array.from({ length: OTHERS }, () => pool.request('echo.say', hello)));

    expect(await failed).toMatchObject({
      code: 'callback',
      details: { request: 'echo.wait', callback: name },
      cause: new Error('a mistake'),
    });
    expect((await Promise.all(others)).map(({ text }) => text)).toEqual(Array(2 * OTHERS).fill('hello'));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    const { failed: counted, done, busy, queued } = pool.statistics();
    expect({ counted, done, busy, queued }).toEqual({ counted: 1, done: 2 * OTHERS, busy: 0, queued: 0 });
    pool.close();
    await pool.join();
  });

  it.each(['onAssigned', 'onProgress'] as const)('(%s) costs no host', async (name) => {
    const pool = pools.open('echo', { size: 1 });
    await pool.request('echo.say', hello);
    for (let count = 0; count < 10; count += 1) {
      expect((await errorOf(startFailing(pool, name))).code).toBe('callback');
    }
    await pool.request('echo.say', hello);
    expect(pool.pids).toHaveLength(1);
  });

  it('of a map ends that map, or just that input where calls are to settle', async () => {
    const pool = pools.open('echo', { size: 2 });
    const inputs = Array.from({ length: OTHERS }, () => hello);
    const onProgress = (_: unknown, index: number): void => {
      if (index === 3) failing();
    };
    expect((await errorOf(pool.map('echo.say', inputs, { onProgress }))).code).toBe('callback');
    const settled = await pool.map('echo.say', inputs, { onProgress, settled: true });
    expect(settled.map(({ status }) => status)).toEqual(Array(OTHERS).fill('fulfilled').with(3, 'rejected'));
    const items = [];
    for await (const outcome of pool.imap('echo.say', inputs, { onProgress, settled: true })) items.push(outcome);
    expect(items.map(({ status }) => status)).toEqual(settled.map(({ status }) => status));
  });

  it('at changes of the pool is heard of as a defect, by nobody else', async () => {
    const uncaught = collectUncaught();
    const pool = pools.open('echo', { size: 2 });
    let changes = 0;
    pool.onChange(failing);
    pool.onChange(() => {
      changes += 1;
    });
    const answers = await Promise.all(Array.from({ length: OTHERS }, () => pool.request('echo.say', hello)));
    expect(answers).toHaveLength(OTHERS);
    pool.close();
    await pool.join();
    await new Promise(setImmediate); // what is thrown apart comes up after those who are told
    expect(changes).toBeGreaterThan(0);
    expect(uncaught).toEqual(Array(changes).fill(new Error('a mistake')));
  });
});
