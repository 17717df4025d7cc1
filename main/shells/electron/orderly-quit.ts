import type { Timers } from '../../../protocol/contract/deadlines.ts';
import type { Log } from '../../logging/log.ts';

/** A quit that takes longer looks like a hang; hosts that are still there then end by themselves, without their parent. */
export const QUIT_TIMEOUT_MS = 5_000;

export interface OrderlyQuitOptions {
  /** Saves, and ends all hosts. */
  readonly close: () => Promise<void>;
  readonly exit: (exitCode: number) => void;
  readonly timers: Timers;
  readonly log: Log;
}

/** A listener for `will-quit` that holds the quit up until all is closed, for at most `QUIT_TIMEOUT_MS`. */
export function createOrderlyQuit({
  close,
  exit,
  timers,
  log,
}: OrderlyQuitOptions): (event: { preventDefault(): void }) => void {
  let isQuitting = false;
  let hasExited = false;
  const exitOnce = (exitCode: number): void => {
    if (hasExited) return;
    hasExited = true;
    exit(exitCode);
  };
  const quit = async (): Promise<void> => {
    const timer = timers.set(() => {
      log.error('closing takes too long; Aside ends without waiting', { timeoutMs: QUIT_TIMEOUT_MS });
      exitOnce(1);
    }, QUIT_TIMEOUT_MS);
    try {
      await close();
      exitOnce(0);
    } catch (error) {
      log.error('closing failed', { error });
      exitOnce(1);
    } finally {
      timers.clear(timer);
    }
  };
  return (event) => {
    event.preventDefault();
    if (isQuitting) return;
    isQuitting = true;
    void quit();
  };
}
