import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createHostPool, type HostPool, type HostPoolOptions } from '../../../main/hosts/host-pool.ts';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import { fixturePath } from '../../fixtures/hosts/fixture-path.ts';
import { type SquareContract, squareContract } from '../../fixtures/hosts/square-contract.ts';
import { errorOf } from '../../helpers/error-of.ts';
import { isRunning } from '../../helpers/fixture-pool.ts';

const squares = (count: number): number[] => Array.from({ length: count }, (_, n) => n * n);
const numbers = (count: number): { n: number }[] => Array.from({ length: count }, (_, n) => ({ n }));

/** A file that does not exist yet. */
function fileToCome(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'now');
}

describe('multiprocessing.Pool', { timeout: 60_000 }, () => {
  const opened: HostPool<SquareContract>[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((pool) => pool.terminate())));

  /** `Pool(processes=size)`. */
  function openPool(size: number, options: Partial<HostPoolOptions<SquareContract>> = {}): HostPool<SquareContract> {
    const pool = createHostPool({
      contract: squareContract,
      engine: 'squares',
      launcher: createForkLauncher(),
      entryPath: fixturePath('squares'),
      args: [],
      size,
      ...options,
    });
    opened.push(pool);
    return pool;
  }
  const pidsOf = (pool: HostPool<SquareContract>): number[] =>
    pool.status().flatMap(({ pid }) => (pid === null ? [] : [pid]));

  it('maps in order: print(pool.map(f, range(10)))', async () => {
    const results = await openPool(4).map('number.square', numbers(10));
    expect(results.map(({ square }) => square)).toEqual(squares(10));
  });

  it('iterates in any order: for i in pool.imap_unordered(f, range(10))', async () => {
    const results: number[] = [];
    for await (const { square } of openPool(4).imapUnordered('number.square', numbers(10))) results.push(square);
    expect(results.sort((a, b) => a - b)).toEqual(squares(10));
  });

  it('evaluates one asynchronously: res = pool.apply_async(f, (20,)); res.get()', async () => {
    const handle = openPool(4).applyAsync('number.square', { n: 20 });
    expect([handle.stage, handle.pid]).toEqual(['waiting', null]);
    expect(await handle.result).toEqual({ square: 400 });
    expect(handle.pid).not.toBeNull();
  });

  it('evaluates in one process or several, none of which is this one: pool.apply_async(os.getpid)', async () => {
    const pool = openPool(4);
    const handles = Array.from({ length: 4 }, () => pool.applyAsync('process.id', {}));
    const pids = (await Promise.all(handles.map(({ result }) => result))).map(({ pid }) => pid);
    expect(handles.map(({ pid }) => pid)).toEqual(pids);
    expect(pids).not.toContain(process.pid);
    expect(pidsOf(pool)).toEqual(expect.arrayContaining(pids));
  });

  it('gives up a sleep that takes too long: res.get(timeout=1), and ends it as well', async () => {
    const pool = openPool(1);
    const sleep = pool.applyAsync('time.sleep', { sleepMs: 1_000_000 }, { timeoutMs: 100 });
    expect(await errorOf(sleep.result)).toMatchObject({ code: 'request-timeout', details: { limit: 'deadline' } });
    await sleep.settled;
    expect(isRunning(sleep.pid as number)).toBe(false);
    expect(await pool.apply('number.square', { n: 3 })).toEqual({ square: 9 });
  });

  it('gives the fifth of five tasks to the first of four workers that is free', async () => {
    const pool = openPool(4);
    const [first, others] = [fileToCome(), fileToCome()];
    const assigned: number[] = [];
    const begun = createDeferred<void>();
    let progress = 0;
    const mapped = pool.map(
      'file.await',
      [first, others, others, others, first].map((path) => ({ path })),
      {
        readAhead: 5,
        onAssigned: (pid, index) => {
          assigned[index] = pid;
        },
        onProgress: () => {
          progress += 1;
          if (progress === 4) begun.resolve();
        },
      },
    );
    await begun.promise;
    expect([new Set(assigned).size, assigned.length, pidsOf(pool).length]).toEqual([4, 4, 4]);
    writeFileSync(first, '');
    await expect.poll(() => assigned[4], { timeout: 30_000 }).toBe(assigned[0]);
    writeFileSync(others, '');
    expect((await mapped).map(({ pid }) => pid)).toEqual(assigned);
    expect(pidsOf(pool)).toHaveLength(4);
  });

  it('has a worker make way for a fresh one after so many tasks: Pool(maxtasksperchild=3)', async () => {
    const pool = openPool(1, { maxCallsPerHost: 3 });
    const ids = await pool.map('process.id', Array(9).fill({}));
    const runs = [0, 3, 6].map((from) => ids.slice(from, from + 3).map(({ pid }) => pid));
    expect(runs.map((run) => new Set(run).size)).toEqual([1, 1, 1]);
    expect(new Set(runs.flat()).size).toBe(3);
  });

  it('iterates in order over input that has no end, and reads it only as results are taken', async () => {
    const pool = openPool(2);
    let read = 0;
    let isLeft = false;
    async function* endless(): AsyncGenerator<{ n: number }> {
      try {
        for (;;) yield { n: read++ };
      } finally {
        isLeft = true;
      }
    }
    const results: number[] = [];
    for await (const { square } of pool.imap('number.square', endless(), { readAhead: 8 })) {
      results.push(square);
      expect(read - results.length).toBeLessThanOrEqual(8);
      if (results.length === 100) break;
    }
    expect([results, isLeft]).toEqual([squares(100), true]);
  });

  it('exits the with-block: pool.terminate() rejects what runs and waits, and leaves no process', async () => {
    const pool = openPool(2);
    const begun = createDeferred<void>();
    const never = fileToCome();
    const mapped = pool.map(
      'file.await',
      Array.from({ length: 10 }, () => ({ path: never })),
      {
        onProgress: () => begun.resolve(),
      },
    );
    const iterated = pool.imap('file.await', [{ path: never }]).next();
    const waiting = pool.apply('number.square', { n: 1 });
    const failures = [mapped, iterated, waiting].map(errorOf);
    await begun.promise;
    const pids = pidsOf(pool);
    const ended = pool.terminate();
    expect((await Promise.all(failures)).map(({ code }) => code)).toEqual(Array(3).fill('disconnected'));
    await ended;
    expect(pids.filter(isRunning)).toEqual([]);
  });

  it('kills workers that are deaf when it terminates', async () => {
    const pool = openPool(1);
    const begun = createDeferred<void>();
    const sleep = pool.applyAsync('time.sleep', { sleepMs: 1_000_000 }, { onProgress: () => begun.resolve() });
    await begun.promise;
    const ended = pool.terminate();
    expect((await errorOf(sleep.result)).code).toBe('disconnected');
    await ended;
    expect(isRunning(sleep.pid as number)).toBe(false);
  });

  it('closes and joins: what was asked for is done, nothing new is taken, and no process is left', async () => {
    const pool = openPool(2);
    const mapped = pool.map('number.square', numbers(100));
    const iterated = pool.imap('number.square', numbers(30));
    const waiting = pool.applyAsync('number.square', { n: 7 });
    expect((await errorOf(pool.join())).code).toBe('refused');
    pool.close();
    const joined = pool.join();
    for (const refused of [
      pool.apply('process.id', {}),
      pool.map('process.id', [{}]),
      pool.imap('process.id', [{}]).next(),
    ])
      expect((await errorOf(refused)).code).toBe('disconnected');
    const results: number[] = [];
    for await (const { square } of iterated) results.push(square);
    expect([(await mapped).length, await waiting.result, results]).toEqual([100, { square: 49 }, squares(30)]);
    const pids = pidsOf(pool);
    await joined;
    expect(pids.filter(isRunning)).toEqual([]);
    expect(pool.status().map(({ state }) => state)).toEqual(pool.status().map(() => 'stopped'));
  });

  it('terminates while it closes, and who joined is told', async () => {
    const pool = openPool(1);
    const sleep = pool.applyAsync('time.sleep', { sleepMs: 1_000_000 });
    const failed = errorOf(sleep.result);
    pool.close();
    const joined = pool.join();
    await pool.terminate();
    await joined;
    expect((await failed).code).toBe('disconnected');
  });
});
