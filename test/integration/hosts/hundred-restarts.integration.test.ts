import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { errorOf } from '../../helpers/error-of.ts';
import { createFixturePools, type FixturePool, isRunning } from '../../helpers/fixture-pool.ts';
import { grown, inUse } from '../../helpers/in-use.ts';

const RESTARTS = 100;

/** Kills each host with a call on it, so that every restart has a promise to forget. Returns what the calls said. */
async function killHosts(pool: FixturePool, signal: AbortSignal): Promise<string[]> {
  const ends: string[] = [];
  for (let count = 0; count < RESTARTS; count += 1) {
    let pid = 0;
    const onAssigned = (assigned: number): void => {
      pid = assigned;
    };
    const call = pool.start('echo.wait', {}, { signal, onAssigned, onProgress: () => process.kill(pid, 'SIGKILL') });
    const { code, details } = await errorOf(call.result);
    await call.settled;
    ends.push(`${code} ${'signal' in details ? details.signal : ''}`);
  }
  return ends;
}

describe(`${RESTARTS} restarts`, () => {
  const pools = createFixturePools();
  afterEach(() => pools.closeAll());

  it('leave no process, no handle, no listener and no promise behind', async () => {
    const before = inUse();
    const { signal } = new AbortController();
    const pool = pools.open('echo', { spares: 1 });

    expect(await killHosts(pool, signal)).toEqual(Array(RESTARTS).fill('host-exited SIGKILL'));

    const status = await pool.until((slots) => slots.every(({ state }) => state === 'ready'));
    expect(status.map(({ request }) => request)).toEqual([null, null]);
    expect(status.reduce((sum, { restarts }) => sum + restarts, 0)).toBe(RESTARTS);
    expect(pool.pids).toHaveLength(RESTARTS + 2);
    expect(new Set(pool.pids.filter(isRunning))).toEqual(new Set(status.map(({ pid }) => pid)));
    expect(getEventListeners(signal, 'abort')).toEqual([]);

    await pool.terminate();
    expect(pool.pids.filter(isRunning)).toEqual([]);
    // The system tells of an exit before Node has put the handle away: one turn to close it, one to have it closed.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(grown(before, inUse())).toEqual([]);
  });
});
