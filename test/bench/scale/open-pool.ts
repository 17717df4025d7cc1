import { fileURLToPath } from 'node:url';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createHostPool, type HostPool } from '../../../main/hosts/host-pool.ts';
import { type BenchContract, benchContract } from '../programs/bench-contract.ts';

export type ScalePool = HostPool<BenchContract>;

/** Long enough for the others to be started while it lasts. */
const WORK_MS = 200;

/** Resolves when all its hosts are ready and free. */
export async function openScalePool(size: number, queueLimit: number): Promise<ScalePool> {
  const pool = createHostPool({
    contract: benchContract,
    engine: 'bench',
    launcher: createForkLauncher(),
    entryPath: fileURLToPath(new URL('./programs/host.js', import.meta.url)),
    args: [],
    size,
    queueLimit,
    startTimeoutMs: 60_000, // all of them start at the same time, on two cores
  });
  while (pool.statistics().idle < size) {
    await Promise.all(Array.from({ length: size }, () => pool.request('bench.work', { workMs: WORK_MS })));
  }
  return pool;
}
