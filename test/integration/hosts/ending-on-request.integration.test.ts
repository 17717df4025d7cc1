import process from 'node:process';
import { afterEach, describe, expect, it } from 'vitest';
import type { SlotStatus } from '../../../main/hosts/slot-status.ts';
import { errorOf } from '../../helpers/error-of.ts';
import { createFixturePools, type FixturePool, isRunning } from '../../helpers/fixture-pool.ts';

/** Resolves with the host's pid when the call runs there. */
function startLong(pool: FixturePool): { pid: Promise<number>; result: Promise<unknown> } {
  let result: Promise<unknown> = Promise.resolve();
  const pid = new Promise<number>((resolve) => {
    let assigned = 0;
    result = pool.request(
      'echo.wait',
      {},
      {
        onAssigned: (hostPid) => {
          assigned = hostPid;
        },
        onProgress: () => resolve(assigned),
      },
    );
    result.catch(() => {});
  });
  return { pid, result };
}

const isReady = ({ state }: SlotStatus): boolean => state === 'ready';

describe('a real host', { timeout: 60_000 }, () => {
  const pools = createFixturePools();
  afterEach(() => pools.closeAll());

  it('that is ended while it is at work takes that call with it and no other, and leaves no process', async () => {
    const pool = pools.open('echo');
    const calls = [startLong(pool), startLong(pool)] as const;
    const pids = [await calls[0].pid, await calls[1].pid] as const;

    expect(pool.end(pids[0])).toBe(true);

    expect((await errorOf(calls[0].result)).details).toMatchObject({ pid: pids[0], onRequest: true });
    const status = await pool.until((hosts) => hosts.every(({ pid }) => pid !== pids[0]));
    expect(isRunning(pids[0])).toBe(false);
    expect(status.find(({ pid }) => pid === pids[1])).toMatchObject({ request: 'echo.wait' });
    expect(pool.exits()).toMatchObject([{ pid: pids[0], signal: 'SIGKILL', reason: 'ended', request: 'echo.wait' }]);
  });

  it('that is restarted while it is free goes in peace, and another stands in its place', async () => {
    const pool = pools.open('echo');
    pool.warm();
    const [before] = await pool.until((hosts) => hosts.some(isReady));

    expect(pool.restart(before?.pid ?? 0)).toBe(true);

    const [after] = await pool.until((hosts) => hosts.some((host) => isReady(host) && host.pid !== before?.pid));
    expect(after).toMatchObject({ restarts: 0, lastError: null });
    expect(after?.lastExit).toMatchObject({ pid: before?.pid, exitCode: 0, signal: null, reason: 'restarted' });
  });

  it('that is restarted while its engine is deaf is gone at once all the same', async () => {
    const pool = pools.open('hangs');
    const { pid, result } = startLong(pool);
    const deaf = await pid;

    pool.restart(deaf);

    expect((await errorOf(result)).code).toBe('host-exited');
    await pool.until((hosts) => hosts.some((host) => isReady(host) && host.pid !== deaf));
    expect(isRunning(deaf)).toBe(false);
  });

  it('that somebody else kills is told with the signal and the call that it took along', async () => {
    const pool = pools.open('echo');
    const { pid, result } = startLong(pool);
    const killed = await pid;

    process.kill(killed, 'SIGKILL');

    expect((await errorOf(result)).code).toBe('host-exited');
    await pool.until((hosts) => hosts.some(({ lastExit }) => lastExit?.pid === killed));
    expect(pool.exits()).toMatchObject([{ pid: killed, signal: 'SIGKILL', reason: 'crashed', request: 'echo.wait' }]);
  });

  it('says what it takes of the machine while it is at work', async () => {
    const pool = pools.open('echo', { spares: 0 });
    await startLong(pool).pid;
    pool.sample();
    // That it has answered is no change of the pool's, so one looks until it is there.
    while (pool.status()[0]?.rssBytes === null) await new Promise((resolve) => setImmediate(resolve));
    const [host] = pool.status();
    expect(host?.rssBytes).toBeGreaterThan(10_000_000);
    expect(host?.cpuMs).toBeGreaterThan(0);
  });
});
