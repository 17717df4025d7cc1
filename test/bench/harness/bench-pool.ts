import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createHostPool, type HostPool, type HostPoolOptions } from '../../../main/hosts/host-pool.ts';
import { type BenchContract, benchContract } from '../programs/bench-contract.ts';
import { programPath } from './program-path.ts';

export type BenchPool = HostPool<BenchContract>;

/** Hosts as an app would have them, with everything on: checks, deadlines, supervision, an engine thread. */
export function openBenchPool(options: Partial<HostPoolOptions<BenchContract>>): BenchPool {
  return createHostPool({
    contract: benchContract,
    engine: 'bench',
    launcher: createForkLauncher(),
    entryPath: programPath('host', 'cjs'),
    args: [],
    ...options,
  });
}
