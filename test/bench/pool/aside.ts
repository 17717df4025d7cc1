import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchPool, openBenchPool } from '../harness/bench-pool.ts';
import {
  bytesOf,
  type Contender,
  checkEcho,
  elapsedOf,
  inputsOf,
  KILL,
  type KillOutcome,
  timesOf,
} from './contender.ts';
import { killInTheMiddle } from './promised-calls.ts';

/** Python finds its own by itself: a quarter of what each of its workers gets. */
const chunkSize = 25_000;

/** Resolves when so many hosts are free for the next call. */
function untilFree(pool: BenchPool, count: number): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (pool.statistics().idle < count) return;
      stop();
      resolve();
    };
    const stop = pool.onChange(look);
    look();
  });
}

export function createAsideContender(): Contender {
  const one = openBenchPool({ size: 1 });
  const two = openBenchPool({ size: 2 });
  return {
    name: 'aside',
    mapCount: 1_000_000,
    roundTrips: (count) => timesOf(count, (value) => one.request('bench.increment', { value })),
    map: async (payload, hosts, count) => {
      const pool = hosts === 1 ? one : two;
      await Promise.all(Array.from({ length: 4 * hosts }, () => pool.request('bench.work', { workMs: 5 })));
      const inputs = inputsOf(payload, count);
      if (payload === 'number') return elapsedOf(() => pool.map('bench.negate', inputs as number[], { chunkSize }));
      return elapsedOf(() => pool.map('bench.increment', inputs as { value: number }[], { chunkSize }));
    },
    echoes: (byteCount, count) => {
      const bytes = bytesOf(byteCount);
      return timesOf(count, async () => checkEcho(await one.request('bench.echo', bytes), bytes));
    },
    start: async () => {
      let pool: BenchPool | undefined;
      const elapsedMs = await elapsedOf(async () => {
        pool = openBenchPool({ size: 1 });
        pool.warm();
        await untilFree(pool, 1);
      });
      await pool?.terminate();
      return elapsedMs;
    },
    kill: () => killOneOfTwo(0),
    nextAfterKill,
    close: async () => {
      await Promise.all([one.terminate(), two.terminate()]);
    },
  };
}

/** `retries`: the caller's policy for a call whose host dies. */
export function killOneOfTwo(retries: number): Promise<KillOutcome> {
  const pool = openBenchPool({ size: 2 });
  return killInTheMiddle({
    call: (_, params) => pool.request('bench.work', params as { workMs: number }, { retry: { times: retries } }),
    close: () => pool.terminate(),
  });
}

/** The pool as it is by default, which keeps a spare ready while a host is busy. */
async function nextAfterKill(): Promise<number> {
  const pool = openBenchPool({});
  const busy = pool.start('bench.work', { workMs: 60_000 });
  busy.result.catch(() => {}); // it dies with its host
  await untilFree(pool, 1);
  await sleep(KILL.settleMs);
  process.kill(busy.pid as number, 'SIGKILL');
  const elapsedMs = await elapsedOf(() => pool.request('bench.work', { workMs: 0 }));
  await pool.terminate();
  return elapsedMs;
}
