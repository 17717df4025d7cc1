import { createForkLauncher } from '../../main/hosts/fork-launcher.ts';
import { createHostPool, type HostPool, type HostPoolOptions } from '../../main/hosts/host-pool.ts';
import type { SlotStatus } from '../../main/hosts/slot-status.ts';
import { type EchoContract, echoContract } from '../fixtures/hosts/echo-contract.ts';
import { type FixtureName, fixturePath } from '../fixtures/hosts/fixture-path.ts';
import { createLineLog, type LineLog } from './line-log.ts';

export interface FixturePool extends HostPool<EchoContract> {
  /** What the hosts print. */
  readonly printed: LineLog;
  /** Every process that this pool ever had, in order of appearance. */
  readonly pids: readonly number[];
  /** Resolves with the status as soon as it meets the condition. */
  until(condition: (status: SlotStatus[]) => boolean): Promise<SlotStatus[]>;
}

export interface FixturePools {
  open(fixture: FixtureName, options?: Partial<HostPoolOptions<EchoContract>>): FixturePool;
  /** For `afterEach`: no pool outlives its test. */
  closeAll(): Promise<void>;
}

/** Real pools of real processes, which run fixture hosts. */
export function createFixturePools(): FixturePools {
  const opened: HostPool<EchoContract>[] = [];
  return {
    open: (fixture, options) => {
      const pool = openFixturePool(fixture, options);
      opened.push(pool);
      return pool;
    },
    closeAll: async () => {
      await Promise.all(opened.splice(0).map((pool) => pool.terminate()));
    },
  };
}

function openFixturePool(fixture: FixtureName, options: Partial<HostPoolOptions<EchoContract>> = {}): FixturePool {
  const printed = createLineLog();
  const pids = new Set<number>();
  const pool = createHostPool({
    contract: echoContract,
    engine: 'scripted',
    launcher: createForkLauncher({ log: printed.log }),
    entryPath: fixturePath(fixture),
    args: [],
    ...options,
  });
  pool.onChange(() => {
    for (const { pid } of pool.status()) if (pid !== null) pids.add(pid);
  });
  return {
    start: (method, params, callOptions) => pool.start(method, params, callOptions),
    request: (method, params, callOptions) => pool.request(method, params, callOptions),
    apply: pool.apply,
    applyAsync: pool.applyAsync,
    map: pool.map,
    imap: pool.imap,
    imapUnordered: pool.imapUnordered,
    warm: () => pool.warm(),
    status: () => pool.status(),
    exits: () => pool.exits(),
    sample: () => pool.sample(),
    end: (pid) => pool.end(pid),
    restart: (pid) => pool.restart(pid),
    statistics: () => pool.statistics(),
    onChange: (listener) => pool.onChange(listener),
    retry: () => pool.retry(),
    close: () => pool.close(),
    join: () => pool.join(),
    terminate: () => pool.terminate(),
    printed,
    get pids() {
      return [...pids];
    },
    until: (condition) =>
      new Promise((resolve) => {
        const check = (): void => {
          const status = pool.status();
          if (!condition(status)) return;
          stop();
          resolve(status);
        };
        const stop = pool.onChange(check);
        check();
      }),
  };
}

/** Whether a process of ours still runs. Node reaps its children before it tells of their exit. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
