import { afterEach, describe, expect, it } from 'vitest';
import type { Call } from '../../../protocol/contract/call.ts';
import { errorOf } from '../../helpers/error-of.ts';
import { createFixturePools, type FixturePool, isRunning } from '../../helpers/fixture-pool.ts';
import { createManualTimers } from '../../helpers/manual-timers.ts';

const say = { text: 'hello', items: 0 };

interface LongCall {
  readonly call: Call<unknown>;
  /** Resolves with the host's pid when the call runs. */
  readonly pid: Promise<number>;
  cancel(): void;
}

/** A call that runs until it is cancelled. */
function startLong(pool: FixturePool, priority: 'listening' | 'background' = 'listening'): LongCall {
  const abort = new AbortController();
  let call: Call<unknown> | undefined;
  const pid = new Promise<number>((resolve) => {
    let assigned = 0;
    call = pool.start(
      'echo.wait',
      {},
      {
        signal: abort.signal,
        priority,
        onAssigned: (hostPid) => {
          assigned = hostPid;
        },
        onProgress: () => resolve(assigned),
      },
    );
    call.result.catch(() => {}); // each test looks at the results that it is about
  });
  return { call: call as unknown as Call<unknown>, pid, cancel: () => abort.abort() };
}

const whenReady = (pool: FixturePool, count: number): Promise<unknown> =>
  pool.until((status) => status.filter(({ state }) => state === 'ready').length >= count);

describe('a pool of hosts', () => {
  const pools = createFixturePools();
  afterEach(() => pools.closeAll());

  it('starts nothing before the first call', async () => {
    const pool = pools.open('echo');
    expect(pool.status()).toMatchObject([{ pid: null, engine: 'scripted', state: 'idle' }]);
    await pool.terminate();
    expect(pool.pids).toEqual([]);
  });

  it('starts one host when it is warmed, and gives it the first call', async () => {
    const pool = pools.open('echo');
    pool.warm();
    pool.warm();
    await whenReady(pool, 1);
    const { pid } = await pool.request('echo.say', say);
    expect(pool.pids[0]).toBe(pid);
  });

  it('hands arguments, environment and every progress item through', async () => {
    const pool = pools.open('echo', { args: ['--engine', 'x'], env: { ECHO_MARKER: 'm' } });
    const items: number[] = [];
    const said = await pool.request(
      'echo.say',
      { text: 'ä', items: 3 },
      { onProgress: ({ index }) => items.push(index) },
    );
    expect(said).toEqual({ text: 'ä', pid: pool.pids[0], args: ['--engine', 'x'], marker: 'm' });
    expect(items).toEqual([0, 1, 2]);
  });

  it('keeps one spare ready while a host is busy', async () => {
    const pool = pools.open('echo');
    await startLong(pool).pid;
    await whenReady(pool, 2);
    expect(pool.status().map(({ request }) => request)).toEqual(['echo.wait', null]);
  });

  it('runs no more than maxBusy calls, the rest in the order of their arrival', async () => {
    const pool = pools.open('echo', { maxBusy: 1 });
    const first = startLong(pool);
    await first.pid;
    await whenReady(pool, 2);
    const order: string[] = [];
    const others = ['second', 'third'].map((text) =>
      pool.request('echo.say', { text, items: 0 }, { onAssigned: () => order.push(text) }),
    );
    await new Promise(setImmediate); // the pool has had its turn
    expect(pool.status().map(({ request }) => request)).toEqual(['echo.wait', null]);
    first.cancel();
    await Promise.all(others);
    expect(order).toEqual(['second', 'third']);
  });

  it('lets listeners pass background work that waits', async () => {
    const pool = pools.open('echo', { maxBusy: 1, spares: 0 });
    const first = startLong(pool);
    await first.pid;
    const order: string[] = [];
    const background = pool.request('echo.say', say, {
      priority: 'background',
      onAssigned: () => order.push('background'),
    });
    const listening = pool.request('echo.say', say, {
      priority: 'listening',
      onAssigned: () => order.push('listening'),
    });
    first.cancel();
    await Promise.all([background, listening]);
    expect(order).toEqual(['listening', 'background']);
  });

  it('gives a listener the spare while background work has all other hosts', async () => {
    const pool = pools.open('echo', { maxBusy: 1 });
    await startLong(pool, 'background').pid;
    const queued = startLong(pool, 'background');
    await startLong(pool, 'listening').pid;
    expect(pool.status().filter(({ request }) => request === 'echo.wait')).toHaveLength(2);
    queued.cancel();
    await queued.call.settled;
  });

  it('loses only the call of a host that is killed, and runs the next on the spare', async () => {
    const pool = pools.open('echo', { maxBusy: 3, spares: 1 });
    const [struck, spared] = [startLong(pool), startLong(pool)];
    const [struckPid, sparedPid] = [await struck.pid, await spared.pid];
    await whenReady(pool, 3);
    const sparePid = pool.pids.find((pid) => pid !== struckPid && pid !== sparedPid);
    process.kill(struckPid, 'SIGKILL');
    expect(await errorOf(struck.call.result)).toMatchObject({
      code: 'host-exited',
      details: { pid: struckPid, exitCode: null, signal: 'SIGKILL', request: 'echo.wait' },
    });
    expect((await pool.request('echo.say', say)).pid).toBe(sparePid);
    expect(pool.status().filter(({ pid }) => pid === sparedPid)).toMatchObject([{ request: 'echo.wait' }]);
    spared.cancel();
    expect((await errorOf(spared.call.result)).code).toBe('request-cancelled');
  });

  it('gives no call to a host that has died while it was idle', async () => {
    const pool = pools.open('echo');
    pool.warm();
    const [dead] = await pool.until(([slot]) => slot?.state === 'ready');
    process.kill(dead?.pid as number, 'SIGKILL');
    await pool.until(([slot]) => slot?.restarts === 1);
    expect((await pool.request('echo.say', say)).pid).not.toBe(dead?.pid);
  });

  it('keeps a host whose call was cancelled and that heard it', async () => {
    const pool = pools.open('echo', { spares: 0, cancelGraceMs: 10_000 });
    const long = startLong(pool);
    const pid = await long.pid;
    long.cancel();
    await long.call.settled;
    expect((await pool.request('echo.say', say)).pid).toBe(pid);
    expect(pool.status()).toMatchObject([{ restarts: 0, calls: 2 }]);
  });

  it('keeps a host that has refused a call', async () => {
    const pool = pools.open('echo', { spares: 0 });
    expect(await errorOf(pool.request('echo.refuse', {}))).toMatchObject({
      code: 'refused',
      details: { reason: 'no' },
    });
    expect((await pool.request('echo.say', say)).pid).toBe(pool.pids[0]);
    expect(pool.pids).toHaveLength(1);
  });

  it('refuses calls beyond the queue limit by name', async () => {
    const pool = pools.open('echo', { maxBusy: 1, spares: 0, queueLimit: 1 });
    const running = startLong(pool);
    await running.pid;
    const waiting = startLong(pool);
    expect(await errorOf(pool.request('echo.say', say))).toMatchObject({
      code: 'queue-full',
      details: { request: 'echo.say', limit: 1 },
    });
    waiting.cancel();
    await waiting.call.settled;
    running.cancel();
    expect(await pool.request('echo.say', say)).toMatchObject({ text: 'hello' });
  });

  it('replaces a host after its number of calls, and no call notices', async () => {
    const pool = pools.open('echo', { maxCallsPerHost: 5 });
    const answers = await Promise.all(Array.from({ length: 40 }, () => pool.request('echo.say', say)));
    await pool.until((status) => status.every(({ state }) => state === 'ready'));
    expect(answers).toHaveLength(40);
    expect(pool.pids.length).toBeGreaterThan(3);
    expect(pool.status().map(({ restarts, lastError }) => [restarts, lastError])).toEqual(
      pool.status().map(() => [0, null]),
    );
  });

  it('replaces a host that has grown too big', async () => {
    const pool = pools.open('echo', { maxRssBytesPerHost: 1 });
    const long = startLong(pool);
    await whenReady(pool, 2);
    long.cancel();
    await long.call.settled;
    const before = [...pool.pids];
    pool.sample(); // both are too big; which of them says so first, and goes first, is not for us to know
    await pool.until(() => pool.exits().length > 0);
    const [exit] = pool.exits();
    expect(before).toContain(exit?.pid);
    expect(exit).toMatchObject({ reason: 'recycled', exitCode: 0 });
    expect((await pool.request('echo.say', say)).pid).not.toBe(exit?.pid);
    expect(pool.statistics()).toMatchObject({ restarts: 0, failed: 0 });
    expect(pool.statistics().recycled).toBeGreaterThan(0);
  });

  it('lets all hosts but one go when it has had nothing to do for a while', async () => {
    const timers = createManualTimers();
    const pool = pools.open('echo', { timers, idleMs: 60_000 });
    const long = startLong(pool);
    await long.pid;
    timers.advance(10); // the moment after which a spare is started
    await whenReady(pool, 2);
    long.cancel();
    await long.call.settled;
    await pool.until((status) => status.every(({ request }) => request === null));
    timers.advance(60_000);
    const [kept] = await pool.until((status) => status.length === 1);
    expect(pool.pids.filter(isRunning)).toEqual([kept?.pid]);
  });

  it('calls a listener no more that was taken off', async () => {
    const pool = pools.open('echo');
    let calls = 0;
    const off = pool.onChange(() => {
      calls += 1;
    });
    off();
    await pool.request('echo.say', say);
    expect(calls).toBe(0);
  });
});

describe('closing a pool', () => {
  const pools = createFixturePools();
  afterEach(() => pools.closeAll());

  it('leaves no process', async () => {
    const pool = pools.open('echo');
    await startLong(pool).pid;
    await whenReady(pool, 2);
    await pool.terminate();
    expect(pool.pids.filter(isRunning)).toEqual([]);
    expect(pool.status().map(({ state, pid }) => [state, pid])).toEqual([
      ['stopped', null],
      ['stopped', null],
    ]);
  });

  it('rejects what runs and what waits before any host has gone', async () => {
    const pool = pools.open('hangs', { maxBusy: 1, spares: 0, endingDelays: { shutdownMs: 20 } });
    const running = startLong(pool);
    const pid = await running.pid;
    const waiting = startLong(pool);
    const closed = pool.terminate();
    expect((await errorOf(waiting.call.result)).code).toBe('disconnected');
    expect((await errorOf(running.call.result)).code).toBe('disconnected');
    expect(isRunning(pid)).toBe(true);
    await closed;
    await Promise.all([running.call.settled, waiting.call.settled]);
  });

  it('ends a host that is still starting', async () => {
    const pool = pools.open('never-ready');
    pool.warm();
    const [slot] = await pool.until(([status]) => status?.pid != null);
    await pool.terminate();
    expect(isRunning(slot?.pid as number)).toBe(false);
  });

  it('does not start a host again that waits for its next start', async () => {
    const timers = createManualTimers();
    const pool = pools.open('crash-on-start', { timers, restartLimits: { backOffMs: [1_000] } });
    pool.warm();
    await pool.until(([slot]) => slot?.state === 'waiting');
    await pool.terminate();
    timers.advance(1_000);
    expect([pool.status()[0]?.state, pool.pids.length, timers.pending]).toEqual(['stopped', 1, 0]);
  });

  it('can be asked for twice, and is done once', async () => {
    const pool = pools.open('echo');
    await pool.request('echo.say', say);
    expect(pool.terminate()).toBe(pool.terminate());
    await pool.terminate();
    expect(pool.pids.filter(isRunning)).toEqual([]);
  });

  it('rejects calls that come after it, and starts nothing', async () => {
    const pool = pools.open('echo');
    await pool.terminate();
    expect((await errorOf(pool.request('echo.say', say))).code).toBe('disconnected');
    pool.warm();
    pool.retry();
    expect(pool.pids).toEqual([]);
  });
});
