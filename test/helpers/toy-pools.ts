import { createForkLauncher } from '../../main/hosts/fork-launcher.ts';
import { createHostPool, type HostPool } from '../../main/hosts/host-pool.ts';
import type { Launcher } from '../../main/hosts/launcher.ts';
import { type ToyContract, toyContract } from '../fixtures/threads/toy-contract.ts';
import { bundleFixtures } from './bundle-model.ts';

export interface ToyPools {
  open(options?: { readonly launcher?: Launcher; readonly size?: number }): HostPool<ToyContract>;
  /** For `afterEach`. */
  endAll(): Promise<void>;
  /** For `afterAll`. */
  remove(): void;
}

/** Pools of real hosts that run test/fixtures/threads/toy-host.ts, of one host unless told otherwise. */
export async function bundleToyPools(): Promise<ToyPools> {
  const program = await bundleFixtures('threads', 'toy-host', 'toy-engine');
  const opened: HostPool<ToyContract>[] = [];
  return {
    open: ({ launcher = createForkLauncher(), size = 1 } = {}) => {
      const entry = { contract: toyContract, engine: 'toy', launcher, entryPath: program.path, args: [] };
      const pool = createHostPool({ ...entry, size });
      opened.push(pool);
      return pool;
    },
    endAll: async () => {
      await Promise.all(opened.splice(0).map((pool) => pool.terminate()));
    },
    remove: program.remove,
  };
}
