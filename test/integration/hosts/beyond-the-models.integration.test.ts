import { afterEach, describe, expect, it } from 'vitest';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import { errorOf } from '../../helpers/error-of.ts';
import { createFixturePools, isRunning } from '../../helpers/fixture-pool.ts';
import { createManualTimers } from '../../helpers/manual-timers.ts';

const say = { text: 'a', items: 0 };

/** What no process model has, on real hosts; where a clock decides, it is the test's. */
describe('a pool, beyond the models,', { timeout: 60_000 }, () => {
  const pools = createFixturePools();
  afterEach(() => pools.closeAll());

  it('gives up a call that shows no progress for too long, and keeps a host that hears of it', async () => {
    const timers = createManualTimers();
    const pool = pools.open('echo', { size: 1, timers, now: timers.now });
    const begun = createDeferred<void>();
    const options = { progressTimeoutMs: 1_000, onProgress: () => begun.resolve() };
    const call = pool.start('echo.wait', {}, options);
    await begun.promise;
    timers.advance(999);
    expect(call.stage).toBe('running');
    timers.advance(1);
    expect(await errorOf(call.result)).toMatchObject({
      code: 'request-timeout',
      message: 'echo.wait made no progress for 1000 ms',
      details: { request: 'echo.wait', limit: 'progress', timeoutMs: 1_000 },
    });
    await call.settled;
    expect((await pool.request('echo.say', say)).pid).toBe(call.pid);
  });

  it('lets calls with a higher number go first, and a call that is tried again before those that came later', async () => {
    const pool = pools.open('echo', { size: 1 });
    const order: string[] = [];
    const retried = pool.start(
      'echo.wait',
      {},
      {
        retry: { times: 1 },
        onAssigned: () => order.push('retried'),
        onProgress: () => (retried.attempts === 1 ? process.kill(retried.pid ?? 0, 'SIGKILL') : retried.cancel()),
      },
    );
    const others = [-1, 0, 7, 0.5].map((priority) =>
      pool.request('echo.say', say, { priority, onAssigned: () => order.push(String(priority)) }),
    );
    expect((await errorOf(retried.result)).code).toBe('request-cancelled');
    await Promise.all(others);
    expect(order.filter((name) => name !== 'retried')).toEqual(['7', '0.5', '0', '-1']);
    expect(order.indexOf('retried')).toBe(order.indexOf('0.5') + 1);
    expect(order.lastIndexOf('retried')).toBeLessThan(order.indexOf('0'));
  });

  it('wipes the slate of a host that was there for long enough before it died', async () => {
    const timers = createManualTimers();
    const restartLimits = { maxRestarts: 1, stableMs: 5_000, windowMs: 1_000_000, backOffMs: [0] };
    const pool = pools.open('echo', { size: 1, timers, now: timers.now, restartLimits });
    pool.warm();
    for (let deaths = 1; deaths <= 4; deaths += 1) {
      const [slot] = await pool.until(([only]) => only?.state === 'ready' && only.restarts === deaths - 1);
      timers.advance(5_000);
      process.kill(slot?.pid ?? 0, 'SIGKILL');
    }
    const [slot] = await pool.until(([only]) => only?.state === 'ready' && only.restarts === 4);
    process.kill(slot?.pid ?? 0, 'SIGKILL'); // too soon after the last
    await pool.until(([only]) => only?.state === 'gave-up');
    expect((await errorOf(pool.request('echo.say', say))).code).toBe('host-gave-up');
  });

  it('tells how it does while it does it', async () => {
    const pool = pools.open('echo', { size: 1, queueLimit: 2 });
    const begun = createDeferred<void>();
    const running = pool.start('echo.wait', {}, { onProgress: () => begun.resolve() });
    const failed = errorOf(running.result);
    await begun.promise;
    const waiting = [pool.request('echo.say', say), pool.request('echo.say', say)];
    const refused = await errorOf(pool.request('echo.say', say));
    expect(refused).toMatchObject({ code: 'queue-full', details: { request: 'echo.say', limit: 2 } });
    expect(pool.statistics()).toMatchObject({ queued: 2, busy: 1, idle: 0, hosts: 1, done: 0, failed: 0 });

    process.kill(running.pid ?? 0, 'SIGKILL');
    expect(await failed).toMatchObject({ code: 'host-exited', details: { pid: running.pid, signal: 'SIGKILL' } });
    await Promise.all(waiting);
    const now = pool.statistics();
    expect(now).toMatchObject({ queued: 0, busy: 0, hosts: 1, done: 2, failed: 1, cancelled: 0, restarts: 1 });
    expect([now.wait.count, now.run.count]).toEqual([3, 3]);
    expect(now.wait.p50Ms).toBeLessThanOrEqual(now.wait.maxMs ?? 0);
    pool.sample();
    await expect.poll(() => pool.statistics().rssBytes, { timeout: 30_000 }).toBeGreaterThan(1_000_000);
    expect(pool.statistics().cpuMs).toBeGreaterThan(0);
    expect(isRunning(running.pid ?? 0)).toBe(false);
  });
});
