import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * How punctual this process's event loop was: milliseconds between ticks of a 1 ms timer, so about 1 when all is well.
 * A stall is one tick, however long: `max` tells it in full, `p99` hardly.
 */
export interface LoopDelay {
  readonly p99: number;
  readonly max: number;
}

/** Watches the event loop from before `body` until after it. */
export async function watchLoop(body: () => unknown): Promise<LoopDelay> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await someTicks(); // a stall counts from the tick before it, so there must be one
  await body();
  await someTicks();
  histogram.disable();
  return { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 };
}

/** The worse of each. */
export function worst(delays: readonly LoopDelay[]): LoopDelay {
  return { p99: Math.max(...delays.map(({ p99 }) => p99)), max: Math.max(...delays.map(({ max }) => max)) };
}

function someTicks(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
}
