import type { Timers } from '../../protocol/contract/deadlines.ts';

export interface ManualTimers extends Timers {
  /** Moves time on and runs what is due, in order, also what was set on the way. */
  advance(ms: number): void;
  /** Milliseconds that it has been moved. */
  now(): number;
  /** Timers that are set and not yet due. */
  readonly pending: number;
}

/** A clock that stands still until a test moves it. */
export function createManualTimers(): ManualTimers {
  const entries = new Map<number, { atMs: number; callback: () => void }>();
  let nowMs = 0;
  let nextHandle = 1;
  return {
    set: (callback, delayMs) => {
      entries.set(nextHandle, { atMs: nowMs + delayMs, callback });
      return nextHandle++;
    },
    clear: (handle) => void entries.delete(handle as number),
    advance: (ms) => {
      const endMs = nowMs + ms;
      for (;;) {
        const [next] = [...entries].filter(([, { atMs }]) => atMs <= endMs).sort(([, a], [, b]) => a.atMs - b.atMs);
        if (!next) break;
        entries.delete(next[0]);
        nowMs = next[1].atMs;
        next[1].callback();
      }
      nowMs = endMs;
    },
    now: () => nowMs,
    get pending() {
      return entries.size;
    },
  };
}
