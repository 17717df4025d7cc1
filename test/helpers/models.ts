import {
  createForkLauncher,
  createUtilityProcessLauncher,
  type HostProcess,
  type Launcher,
} from '../../main/hosts/hosts.ts';
import { createUtilityProcessStandIn } from './utility-process-stand-in.ts';

/** Both ways to start processes: under Node, and as under Electron on Windows. */
export const launchers: readonly { readonly name: Launcher['name']; readonly make: () => Launcher }[] = [
  { name: 'fork', make: () => createForkLauncher() },
  { name: 'utility-process', make: () => createUtilityProcessLauncher(createUtilityProcessStandIn()) },
];

export interface ProcessKeeper {
  /** Keeps it, so that it does not outlive its test. */
  keep<P extends HostProcess>(process: P): P;
  /** For `afterEach`. */
  killAll(): Promise<void>;
}

export function createProcessKeeper(): ProcessKeeper {
  const kept: HostProcess[] = [];
  return {
    keep: (process) => {
      kept.push(process);
      return process;
    },
    killAll: async () => {
      const all = kept.splice(0);
      for (const process of all) process.kill();
      await Promise.all(all.map(({ exited }) => exited));
    },
  };
}
