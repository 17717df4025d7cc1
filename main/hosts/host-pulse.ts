import type { Timers } from '../../protocol/contract/deadlines.ts';

export interface PulseOptions {
  /** How long a host may be at a call before it is asked whether it is there, and from each answer to the next question. */
  readonly intervalMs: number;
  /** Rejects when the host has not answered in time. */
  ping(): Promise<unknown>;
  /** Called once: it has left two questions in a row unanswered. One may be late when a machine wakes from its sleep. */
  onLost(): void;
  readonly timers: Timers;
}

const MISSES_ALLOWED = 1;

/**
 * Watches that a host which is at work still answers, since a call without deadlines would wait for ever for one that
 * somebody stopped. A blocking engine is no reason for silence: the control thread answers beside it. Returns the function
 * that ends the watch.
 */
export function watchPulse({ intervalMs, ping, onLost, timers }: PulseOptions): () => void {
  let isOver = false;
  let misses = 0;
  let timer = timers.set(ask, intervalMs);

  function ask(): void {
    ping().then(
      () => wait(0),
      () => wait(misses + 1),
    );
  }
  function wait(missed: number): void {
    if (isOver) return;
    misses = missed;
    if (misses > MISSES_ALLOWED) onLost();
    else if (misses > 0) ask();
    else timer = timers.set(ask, intervalMs);
  }
  return () => {
    isOver = true;
    timers.clear(timer);
  };
}
