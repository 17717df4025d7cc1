import { systemTimers, type Timers } from '../../protocol/contract/deadlines.ts';
import type { LaunchedHost } from './launcher.ts';

/** How long each step of ending a host is given before the next, harder one. */
export interface EndingDelays {
  /** After `host.shutdown`: it closes its engine and exits by itself. */
  readonly shutdownMs: number;
  /** After the signal to terminate; 0 leaves that step out. */
  readonly terminateMs: number;
  /** After the kill. A process that is stuck in a driver may not even then be gone; it is let be. */
  readonly killMs: number;
}

export const DEFAULT_ENDING_DELAYS: EndingDelays = { shutdownMs: 2_000, terminateMs: 1_000, killMs: 2_000 };

/**
 * Ends a host: asks, terminates, kills. `ask` is null for a host that cannot be asked, because it is not ready. Resolves
 * as soon as the process is gone, with true, or with false when it could not be killed.
 */
export async function endHost(
  host: LaunchedHost,
  ask: (() => void) | null,
  delays: EndingDelays,
  timers: Timers = systemTimers,
): Promise<boolean> {
  if (ask) {
    ask();
    if (await isGoneWithin(host, delays.shutdownMs, timers)) return true;
  }
  if (delays.terminateMs > 0) {
    host.kill('terminate');
    if (await isGoneWithin(host, delays.terminateMs, timers)) return true;
  }
  host.kill('kill');
  return isGoneWithin(host, delays.killMs, timers);
}

function isGoneWithin(host: LaunchedHost, delayMs: number, timers: Timers): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = timers.set(() => resolve(false), delayMs);
    void host.exited.then(() => {
      timers.clear(timer);
      resolve(true);
    });
  });
}
