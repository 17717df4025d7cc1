import { type BenchPool, openBenchPool } from '../harness/bench-pool.ts';

/** Long enough for the others to be started while it lasts. */
const WORK_MS = 200;

/** Resolves when all its hosts are ready and free. */
export async function openScalePool(size: number, queueLimit: number): Promise<BenchPool> {
  const pool = openBenchPool({
    size,
    queueLimit,
    startTimeoutMs: 60_000, // all of them start at the same time, on two cores
  });
  while (pool.statistics().idle < size) {
    await Promise.all(Array.from({ length: size }, () => pool.request('bench.work', { workMs: WORK_MS })));
  }
  return pool;
}
