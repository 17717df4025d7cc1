import process from 'node:process';

const SAMPLE_MS = 50;

export interface RssPeak {
  readonly peakBytes: number;
  /** Above where it was at the start of the watch. */
  readonly growthBytes: number;
}

/**
 * Watches how far this process's resident memory rises above where it is now, after a garbage collection where Node was
 * started with `--expose-gc`. Sampled every 50 ms; a peak between two samples shows in the kernel's own high-water mark,
 * which counts as soon as it is above the one from before.
 */
export function startRssWatch(): { stop(): RssPeak } {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const highWaterBefore = highWater();
  let peak = before;
  const sample = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      sample();
      const now = highWater();
      const peakBytes = now > highWaterBefore ? Math.max(peak, now) : peak;
      return { peakBytes, growthBytes: peakBytes - before };
    },
  };
}

function highWater(): number {
  return process.resourceUsage().maxRSS * 1024;
}
