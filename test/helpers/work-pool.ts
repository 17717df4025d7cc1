import { createForkLauncher, createHostPool, type HostPool, type HostPoolOptions } from '../../main/hosts/hosts.ts';
import { type WorkContract, workContract } from '../fixtures/models/work-contract.ts';
import { bundleModel } from './bundle-model.ts';

export interface WorkPools {
  open(options?: Partial<HostPoolOptions<WorkContract>>): HostPool<WorkContract>;
  /** For `afterEach`. */
  endAll(): Promise<void>;
  /** For `afterAll`. */
  remove(): void;
}

/** Pools of real hosts that run test/fixtures/models/work-host.ts. */
export async function bundleWorkPools(): Promise<WorkPools> {
  const program = await bundleModel('work-host', 'work-thread');
  const opened: HostPool<WorkContract>[] = [];
  return {
    open: (options) => {
      const launcher = createForkLauncher();
      const pool = createHostPool({
        contract: workContract,
        engine: 'work',
        launcher,
        entryPath: program.path,
        args: [],
        ...options,
      });
      opened.push(pool);
      return pool;
    },
    endAll: async () => {
      await Promise.all(opened.splice(0).map((pool) => pool.terminate()));
    },
    remove: program.remove,
  };
}
