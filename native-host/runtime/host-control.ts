import process from 'node:process';
import type { ControlContract } from '../../protocol/contract/host-control.ts';
import type { Handlers } from '../../protocol/contract/serve.ts';

type ControlHandlers = Handlers<ControlContract>;

export interface ControlActions {
  /** Calls answered since the host started. */
  calls(): number;
  /** Resolves when the engine is closed and the process is about to end. */
  shutDown(): Promise<void>;
}

/** The requests that the control thread answers itself, at once, whatever the engine does. */
export function createControlHandlers(actions: ControlActions): ControlHandlers {
  return {
    'host.ping': () => ({}),
    'host.stats': () => {
      const { user, system } = process.cpuUsage();
      return { rssBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000, calls: actions.calls() };
    },
    'host.shutdown': async () => {
      await actions.shutDown();
      return {};
    },
  };
}
