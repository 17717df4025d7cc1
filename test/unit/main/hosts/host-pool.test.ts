import { describe, expect, it } from 'vitest';
import { createHostPool, type HostPool, type HostPoolOptions } from '../../../../main/hosts/host-pool.ts';
import { type EchoContract, echoContract } from '../../../fixtures/hosts/echo-contract.ts';
import { errorOf } from '../../../helpers/error-of.ts';
import { createFakeLauncher, type FakeLauncher, settle } from '../../../helpers/fake-launcher.ts';
import { createManualTimers, type ManualTimers } from '../../../helpers/manual-timers.ts';

interface Pooled {
  readonly pool: HostPool<EchoContract>;
  readonly launcher: FakeLauncher;
  readonly timers: ManualTimers;
  /** Starts a call that is answered when the test says so. */
  begin(priority?: 'listening' | 'background'): Promise<unknown>;
  /** Lets the moment pass after which spares are started. */
  spare(): Promise<void>;
  /** Makes all hosts ready that are not, and lets the pool have its turn, spares included. */
  readyAll(): Promise<void>;
  readonly requests: () => (string | null)[];
}

function createPool(options: Partial<HostPoolOptions<EchoContract>> = {}): Pooled {
  const launcher = createFakeLauncher();
  const timers = createManualTimers();
  const pool = createHostPool({
    contract: echoContract,
    engine: 'scripted',
    launcher,
    entryPath: '/host.js',
    args: ['--engine', 'scripted'],
    timers,
    now: timers.now,
    ...options,
  });
  const greeted = new Set<unknown>();
  const spare = async (): Promise<void> => {
    await settle();
    timers.advance(10);
    await settle();
  };
  return {
    pool,
    launcher,
    timers,
    begin: (priority = 'listening') => {
      const { result } = pool.start('echo.wait', {}, { priority });
      result.catch(() => {});
      return result;
    },
    spare,
    readyAll: async () => {
      await settle();
      for (const fake of launcher.hosts) {
        if (!greeted.has(fake) && fake.host.isRunning) fake.ready();
        greeted.add(fake);
      }
      await spare();
    },
    requests: () => pool.status().map(({ request }) => request),
  };
}

describe('a pool', () => {
  it('launches hosts with its program, arguments and environment', async () => {
    const { pool, launcher } = createPool({ env: { A: 'b' } });
    pool.warm();
    expect(launcher.last.options).toEqual({
      engine: 'scripted',
      entryPath: '/host.js',
      wantsLane: true,
      args: ['--engine', 'scripted'],
      env: { A: 'b' },
    });
  });

  it('starts as many hosts ahead as it is told, and no more than may be busy', () => {
    const { pool, launcher } = createPool({ maxBusy: 3, spares: 1 });
    pool.warm(2);
    expect(launcher.hosts).toHaveLength(2);
    pool.warm(9);
    expect(launcher.hosts).toHaveLength(3);
  });

  it('starts one host first, and the others once that one is ready', async () => {
    const { launcher, begin, readyAll } = createPool({ maxBusy: 3, spares: 1 });
    for (let count = 0; count < 5; count += 1) void begin();
    await settle();
    expect(launcher.hosts).toHaveLength(1);
    await readyAll();
    expect(launcher.hosts).toHaveLength(4);
  });

  it('starts no spare where none is wanted', async () => {
    const { launcher, begin, readyAll } = createPool({ spares: 0 });
    void begin();
    await readyAll();
    await readyAll();
    expect(launcher.hosts).toHaveLength(1);
  });

  it('runs maxBusy calls and keeps the spare free of more', async () => {
    const { begin, readyAll, requests } = createPool({ maxBusy: 2, spares: 1 });
    for (let count = 0; count < 3; count += 1) void begin();
    await readyAll();
    await readyAll();
    expect(requests().filter((request) => request !== null)).toHaveLength(2);
    expect(requests()).toHaveLength(3);
  });

  it('starts another spare when a listener has taken the one there was', async () => {
    const { launcher, begin, readyAll, requests } = createPool({ maxBusy: 1, spares: 1 });
    void begin('background');
    await readyAll();
    await readyAll();
    void begin('listening');
    await readyAll();
    expect([requests(), launcher.hosts.length]).toEqual([['echo.wait', 'echo.wait', null], 3]);
  });

  it('gives the next call of a caller who has just cancelled to the spare', async () => {
    const { pool, launcher, begin, readyAll } = createPool({ maxBusy: 1 });
    const abort = new AbortController();
    const cancelled = pool.start('echo.wait', {}, { signal: abort.signal });
    await readyAll();
    await readyAll();
    abort.abort();
    void begin();
    expect((await errorOf(cancelled.result)).code).toBe('request-cancelled');
    await settle();
    expect(launcher.hosts[1]?.sent).toMatchObject([{ method: 'echo.wait' }]);
  });

  it('starts at once what a call waits for, and a spare only in a moment, so that a short call is answered first', async () => {
    const { launcher, begin, spare, readyAll } = createPool({ maxBusy: 2 });
    void begin();
    await readyAll();
    expect(launcher.hosts).toHaveLength(2);
    await readyAll();
    void begin();
    await settle();
    expect(launcher.hosts).toHaveLength(2);
    await spare();
    expect(launcher.hosts).toHaveLength(3);
    await readyAll();
  });

  it('starts one more host while one drains, in case that one is deaf, and no more than that', async () => {
    const { pool, launcher, begin, spare, readyAll } = createPool({ maxBusy: 2 });
    let abort = new AbortController();
    const beginAnother = (): void => {
      abort.abort();
      abort = new AbortController();
      pool.start('echo.wait', {}, { signal: abort.signal }).result.catch(() => {});
    };
    beginAnother();
    await readyAll();
    await readyAll();
    expect(launcher.hosts).toHaveLength(2);
    beginAnother();
    await readyAll();
    await readyAll();
    expect(pool.status().map(({ state }) => state)).toEqual(['draining', 'ready', 'ready']);
    beginAnother();
    await readyAll();
    expect(pool.status().map(({ state }) => state)).toEqual(['draining', 'draining', 'ready']);
    void begin();
    await spare();
    expect(launcher.hosts).toHaveLength(4);
  });

  it('rejects everything that waits when its engine cannot run, and nothing is started for later calls', async () => {
    const { pool, launcher, begin } = createPool();
    const waiting = [begin(), begin()];
    await settle();
    const error = { code: 'engine-unavailable', message: 'no', remedy: 'Install it.', details: { engine: 'scripted' } };
    launcher.last.say({ kind: 'event', name: 'host.failed', payload: { error } });
    await launcher.last.exit({ exitCode: 0 });
    expect((await Promise.all(waiting.map(errorOf))).map(({ code }) => code)).toEqual(Array(2).fill(error.code));
    expect((await errorOf(begin())).message).toBe('no');
    await settle();
    expect([launcher.hosts.length, pool.status()[0]?.state]).toEqual([1, 'gave-up']);
  });

  it('goes on with the hosts it has when only its spare gave up', async () => {
    const { launcher, begin, readyAll, pool } = createPool({ maxBusy: 1, restartLimits: { maxFailedStarts: 1 } });
    const first = begin();
    await readyAll();
    await launcher.hosts[1]?.exit({ exitCode: 1 });
    expect(pool.status().map(({ state }) => state)).toEqual(['ready', 'gave-up']);
    const second = begin();
    launcher.hosts[0]?.answer({});
    await first;
    await settle();
    launcher.hosts[0]?.answer({});
    expect(await second).toEqual({});
    expect(launcher.hosts).toHaveLength(2);
  });

  it('spends one budget for all its hosts', async () => {
    const { launcher, begin, readyAll, pool } = createPool({ restartLimits: { maxRestarts: 1, maxFailedStarts: 9 } });
    void begin();
    await readyAll();
    await readyAll();
    await Promise.all(launcher.hosts.map((fake) => fake.exit({ exitCode: 1 })));
    expect(
      pool
        .status()
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['gave-up', 'starting']);
  });

  it('starts one slot with a fresh budget when asked to retry, and drops the others', async () => {
    const { launcher, begin, readyAll, pool } = createPool({ restartLimits: { maxRestarts: 0 } });
    void begin();
    await readyAll();
    await readyAll();
    await Promise.all(launcher.hosts.map((fake) => fake.exit({ exitCode: 1 })));
    expect(pool.status().map(({ state }) => state)).toEqual(['gave-up', 'gave-up']);
    pool.retry();
    expect(pool.status().map(({ state }) => state)).toEqual(['starting']);
    const call = begin();
    await readyAll();
    launcher.last.answer({});
    launcher.hosts[2]?.answer({});
    expect(await call).toEqual({});
  });

  it('forgets past deaths when asked to retry', async () => {
    const { launcher, pool } = createPool({ restartLimits: { maxRestarts: 1, backOffMs: [0] } });
    const dieReady = async (): Promise<void> => {
      launcher.last.ready();
      await launcher.last.exit({ exitCode: 1 });
    };
    pool.warm();
    await dieReady();
    await dieReady();
    expect(pool.status()[0]?.state).toBe('gave-up');
    pool.retry();
    await dieReady();
    expect(pool.status()[0]?.state).toBe('starting');
  });

  it('has nothing to retry while nothing gave up', () => {
    const { pool, launcher } = createPool();
    pool.retry();
    expect([launcher.hosts.length, pool.status()[0]?.state]).toEqual([0, 'idle']);
  });

  it('tells of a batch of changes once, and after they are made', async () => {
    const { pool, begin } = createPool();
    const seen: string[] = [];
    pool.onChange(() =>
      seen.push(
        pool
          .status()
          .map(({ state }) => state)
          .join(),
      ),
    );
    void begin();
    void begin();
    expect(seen).toEqual([]);
    await settle();
    expect(seen).toEqual(['starting']);
  });

  it('rejects a call whose signal was aborted before, without a queue or a host', async () => {
    const { pool, launcher } = createPool();
    const call = pool.start('echo.wait', {}, { signal: AbortSignal.abort() });
    expect((await errorOf(call.result)).code).toBe('request-cancelled');
    await call.settled;
    await settle();
    expect(launcher.hosts).toEqual([]);
  });

  it('runs the call of the highest priority first, and refuses one that is none', async () => {
    const { pool, launcher, readyAll } = createPool({ size: 1 });
    const order: unknown[] = [];
    const begin = (priority: number): void => {
      pool.start('echo.wait', {}, { priority, onAssigned: () => order.push(priority) }).result.catch(() => {});
    };
    for (const priority of [1, 3, 2]) begin(priority);
    await readyAll();
    for (let count = 0; count < 2; count += 1) {
      launcher.hosts[0]?.answer({});
      await settle();
    }
    expect(order).toEqual([3, 2, 1]);
    expect((await errorOf(pool.request('echo.wait', {}, { priority: Number.NaN }))).code).toBe('refused');
  });

  it('tries a call again on another host when its host died, before those that came later', async () => {
    const { pool, launcher, begin, readyAll } = createPool({ size: 1 });
    const pids: number[] = [];
    const options = { retry: { times: 1 }, onAssigned: (pid: number) => pids.push(pid) };
    const call = pool.request('echo.wait', {}, options);
    void begin();
    await readyAll();
    await launcher.hosts[0]?.exit({ signal: 'SIGKILL' });
    await readyAll();
    launcher.hosts[1]?.answer({});
    expect(await call).toEqual({});
    expect(pids).toEqual(launcher.hosts.map(({ pid }) => pid));
    expect(pool.statistics()).toMatchObject({ retries: 1, restarts: 1, done: 1, failed: 0 });
  });

  it('fails a call that was to be tried again when no host is started any more', async () => {
    const { pool, launcher, readyAll } = createPool({ size: 1, restartLimits: { maxRestarts: 0 } });
    const call = errorOf(pool.request('echo.wait', {}, { retry: { times: 9 } }));
    await readyAll();
    await launcher.hosts[0]?.exit({ signal: 'SIGKILL' });
    expect((await call).code).toBe('host-gave-up');
  });

  it('counts its calls and hosts, and how long calls waited and ran', async () => {
    const { pool, launcher, begin, readyAll, timers } = createPool({ maxBusy: 1, spares: 1 });
    const answered = begin();
    const failed = errorOf(begin());
    const waiting = pool.start('echo.wait', {});
    const cancelled = errorOf(waiting.result);
    await settle();
    timers.advance(8);
    await readyAll();
    await readyAll();
    expect(pool.statistics()).toMatchObject({ queued: 2, busy: 1, idle: 1, hosts: 2 });
    timers.advance(100);
    launcher.hosts[0]?.answer({});
    await answered;
    await settle();
    waiting.cancel();
    await cancelled;
    timers.advance(10);
    await launcher.hosts[0]?.exit({ exitCode: 1 });
    await failed;
    expect(pool.statistics()).toMatchObject({
      queued: 0,
      busy: 0,
      done: 1,
      failed: 1,
      cancelled: 1,
      retries: 0,
      restarts: 1,
      recycled: 0,
      wait: { count: 2, meanMs: 68, maxMs: 128 },
      run: { count: 2, meanMs: 65, maxMs: 120 },
    });
  });

  it('sums up what its hosts said last of memory and CPU time', async () => {
    const { pool, launcher, begin, readyAll, timers } = createPool({ maxBusy: 1, spares: 1 });
    void begin();
    await readyAll();
    await readyAll();
    expect(pool.statistics()).toMatchObject({ rssBytes: null, cpuMs: null, cpuShare: null });
    for (const cpuMs of [10, 60]) {
      pool.sample();
      for (const { sent, say } of launcher.hosts)
        say({ kind: 'result', id: sent.at(-1)?.id, result: { rssBytes: 1_000, cpuMs, calls: 0 } });
      await settle();
      timers.advance(100);
    }
    expect(pool.statistics()).toMatchObject({ rssBytes: 2_000, cpuMs: 120, cpuShare: 1 });
  });

  it('counts only calls that wait against the queue limit', async () => {
    const { begin, readyAll } = createPool({ maxBusy: 1, spares: 0, queueLimit: 1 });
    void begin();
    await readyAll();
    void begin();
    expect((await errorOf(begin())).code).toBe('queue-full');
  });

  it('gives a host no more calls than it may have, and starts its replacement with its last', async () => {
    const { launcher, begin, readyAll, pool } = createPool({ size: 1, maxCallsPerHost: 2 });
    const calls = [begin(), begin(), begin()];
    await readyAll();
    expect(launcher.hosts).toHaveLength(1);
    launcher.hosts[0]?.answer({});
    await calls[0];
    await readyAll();
    expect(launcher.hosts).toHaveLength(2);
    launcher.hosts[0]?.answer({});
    await calls[1];
    await settle();
    expect(launcher.hosts.map(({ sent }) => sent.map(({ method }) => method))).toEqual([
      ['echo.wait', 'echo.wait', 'host.shutdown'],
      ['echo.wait'],
    ]);
    await launcher.hosts[0]?.exit({ exitCode: 0 });
    launcher.hosts[1]?.answer({});
    expect(await calls[2]).toEqual({});
    expect(pool.status()).toHaveLength(1);
    expect(pool.statistics()).toMatchObject({ recycled: 1, restarts: 0, done: 3, hosts: 1 });
  });

  it('replaces a host that has grown too big when there is another, and works on with it until then', async () => {
    const { launcher, begin, readyAll, pool, timers } = createPool({ size: 1, maxRssBytesPerHost: 1_000 });
    const [first] = [begin(), begin(), begin()];
    await readyAll();
    const big = launcher.hosts[0];
    timers.advance(10_000);
    big?.answer({});
    await first;
    await settle();
    expect(big?.sent.map(({ method }) => method)).toEqual(['echo.wait', 'host.stats', 'echo.wait']);
    big?.say({ kind: 'result', id: 1, result: { rssBytes: 1_000, cpuMs: 1, calls: 1 } });
    await settle();
    expect(launcher.hosts).toHaveLength(2);
    big?.answer({});
    await settle();
    expect(big?.sent.at(-1)).toMatchObject({ method: 'echo.wait', id: 3 });
    await readyAll();
    big?.answer({});
    await settle();
    expect(big?.sent.at(-1)).toMatchObject({ method: 'host.shutdown' });
    expect(pool.statistics()).toMatchObject({ recycled: 1, done: 3 });
  });

  it('makes a call wait for the replacement of a host that has had all its calls', async () => {
    const { launcher, begin, readyAll } = createPool({ size: 1, maxCallsPerHost: 1 });
    const calls = [begin(), begin()];
    await readyAll();
    launcher.hosts[0]?.answer({});
    await calls[0];
    await settle();
    expect([launcher.hosts.length, launcher.hosts[1]?.sent]).toEqual([2, []]);
    await readyAll();
    launcher.hosts[1]?.answer({});
    expect(await calls[1]).toEqual({});
  });

  it('does not shrink while it has something to do', async () => {
    const { begin, readyAll, timers, pool } = createPool({ idleMs: 1_000 });
    void begin();
    await readyAll();
    await readyAll();
    timers.advance(5_000);
    expect(pool.status().map(({ state }) => state)).toEqual(['ready', 'ready']);
  });

  it('does not shrink when something to do has come in the meantime', async () => {
    const { launcher, begin, readyAll, timers, pool } = createPool({ idleMs: 1_000, pulseMs: null });
    const call = begin();
    await readyAll();
    await readyAll();
    launcher.hosts[0]?.answer({});
    await call;
    await settle();
    timers.advance(999);
    void begin();
    await settle();
    timers.advance(999);
    expect(pool.status().map(({ state }) => state)).toEqual(['ready', 'ready']);
    expect(timers.pending).toBe(0);
  });

  it('shows a host that it lets go until it is gone', async () => {
    const { launcher, begin, readyAll, timers, pool } = createPool({ idleMs: 1_000 });
    const call = begin();
    await readyAll();
    await readyAll();
    launcher.hosts[0]?.answer({});
    await call;
    await settle();
    timers.advance(1_000);
    expect(pool.status().map(({ state }) => state)).toEqual(['ready', 'draining']);
    await launcher.hosts[1]?.exit({ exitCode: 0 });
    expect(pool.status().map(({ state }) => state)).toEqual(['ready']);
  });

  it('leaves no timer behind when it is closed', async () => {
    const { launcher, begin, readyAll, timers, pool } = createPool();
    const call = begin();
    await readyAll();
    await readyAll();
    launcher.hosts[0]?.answer({});
    await call;
    await settle();
    expect(timers.pending).toBeGreaterThan(0);
    const closed = pool.terminate();
    await Promise.all(launcher.hosts.map((fake) => fake.exit({ exitCode: 0 })));
    await closed;
    await settle();
    expect(timers.pending).toBe(0);
  });

  it('starts nothing once it is closed', async () => {
    const { launcher, begin, pool } = createPool();
    await pool.terminate();
    pool.warm();
    pool.retry();
    expect((await errorOf(begin())).code).toBe('disconnected');
    expect(launcher.hosts).toEqual([]);
  });
});

describe('a pool of which somebody has a host ended', () => {
  it('knows no host by another process id', async () => {
    const { pool, begin, readyAll } = createPool();
    void begin();
    await readyAll();
    expect([pool.end(1), pool.restart(1)]).toEqual([false, false]);
    expect(pool.status()).toMatchObject([{ state: 'ready' }, { state: 'starting' }]);
  });

  it('kills a busy host, drops its slot and starts another for the calls that wait', async () => {
    const { pool, launcher, begin, readyAll, requests } = createPool({ maxBusy: 1, spares: 0 });
    const first = begin();
    void begin();
    await readyAll();
    expect(pool.end(1_000)).toBe(true);
    expect((await errorOf(first)).details).toMatchObject({ onRequest: true });
    await readyAll();
    expect([requests(), launcher.hosts.map(({ kills }) => kills)]).toEqual([['echo.wait'], [['kill'], []]]);
    expect(pool.exits()).toMatchObject([{ pid: 1_000, reason: 'ended', request: 'echo.wait' }]);
  });

  it('is left without any when its only one is free, until the next call', async () => {
    const { pool, launcher, begin, readyAll, requests } = createPool({ spares: 0 });
    pool.warm();
    await readyAll();
    pool.end(1_000);
    await launcher.last.exit({ exitCode: 0 });
    expect(pool.status()).toEqual([]);
    void begin();
    await readyAll();
    expect(requests()).toEqual(['echo.wait']);
  });

  it('has another in its place when it was to be restarted', async () => {
    const { pool, launcher, readyAll } = createPool();
    pool.warm();
    await readyAll();
    expect(pool.restart(1_000)).toBe(true);
    await launcher.last.exit({ exitCode: 0 });
    expect(pool.status()).toMatchObject([{ pid: 1_001, state: 'starting', lastExit: { reason: 'restarted' } }]);
  });
});

describe('what a pool knows of its hosts', () => {
  it('is how the last twenty ended, the latest first', async () => {
    const { pool, launcher, readyAll } = createPool({ restartLimits: { maxRestarts: 100, backOffMs: [0] } });
    pool.warm();
    for (let exitCode = 1; exitCode <= 22; exitCode += 1) {
      await readyAll(); // 10 ms
      await launcher.last.exit({ exitCode });
    }
    expect(pool.exits()).toHaveLength(20);
    expect(pool.exits()[0]).toMatchObject({ exitCode: 22, reason: 'crashed', agoMs: 0 });
    expect(pool.exits()[19]).toMatchObject({ exitCode: 3, agoMs: 190 });
  });

  it('is what they take of the machine, once it has been asked for', async () => {
    const { pool, launcher, readyAll } = createPool();
    pool.warm();
    await readyAll();
    pool.sample();
    launcher.last.answer({ rssBytes: 7, cpuMs: 1, calls: 0 });
    await settle();
    expect(pool.status()).toMatchObject([{ rssBytes: 7, cpuMs: 1, cpuShare: null }]);
  });
});
