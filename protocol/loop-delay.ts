import type { Timers } from './contract/deadlines.ts';

const TICK_MS = 10;

/**
 * By how much the event loop of this process is late. The same measure for main and page, so that they can be compared;
 * Node's own histogram would miss what happens around the moment at which it is read.
 */
export interface LoopDelay {
  /** The longest delay since this was asked last, in milliseconds, one that still lasts included. */
  take(): number;
  stop(): void;
}

/** Measures from now on until it is stopped. `now` is of a clock that only goes forward, in milliseconds. */
export function measureLoopDelay(timers: Timers, now: () => number): LoopDelay {
  let longestMs = 0;
  let dueMs = 0;
  let timer: unknown;

  function tick(): void {
    longestMs = Math.max(longestMs, now() - dueMs);
    arm();
  }

  function arm(): void {
    dueMs = now() + TICK_MS;
    timer = timers.set(tick, TICK_MS);
  }

  arm();
  return {
    take: () => {
      const takenMs = Math.max(0, longestMs, now() - dueMs);
      longestMs = 0;
      return takenMs;
    },
    stop: () => timers.clear(timer),
  };
}
