import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DurationHistogram } from '../../../../main/hosts/duration-histogram.ts';

function histogramOf(durationsMs: readonly number[]): DurationHistogram {
  const histogram = new DurationHistogram();
  for (const durationMs of durationsMs) histogram.record(durationMs);
  return histogram;
}

describe('a histogram of durations', () => {
  it('knows nothing before the first', () => {
    expect(new DurationHistogram().summary()).toEqual({
      count: 0,
      meanMs: null,
      p50Ms: null,
      p90Ms: null,
      p99Ms: null,
      maxMs: null,
    });
  });

  it('tells a single one as it was', () => {
    expect(histogramOf([3.7]).summary()).toEqual({
      count: 1,
      meanMs: 3.7,
      p50Ms: 3.7,
      p90Ms: 3.7,
      p99Ms: 3.7,
      maxMs: 3.7,
    });
  });

  it('is never below the true value, and at most 4.5 % above it', () => {
    const duration = fc.double({ min: 0.001, max: 30 * 24 * 3_600_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 300 }), (durationsMs) => {
        const sorted = [...durationsMs].sort((a, b) => a - b);
        const summary = histogramOf(durationsMs).summary();
        expect([summary.count, summary.maxMs]).toEqual([sorted.length, sorted.at(-1)]);
        for (const [share, got] of [
          [0.5, summary.p50Ms],
          [0.9, summary.p90Ms],
          [0.99, summary.p99Ms],
        ] as const) {
          const exact = sorted[Math.ceil(share * sorted.length) - 1] as number;
          expect(got).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
          expect(got).toBeLessThanOrEqual(exact * 1.045);
        }
      }),
    );
  });

  it('takes durations of nothing and of an age', () => {
    const { count, maxMs, p50Ms } = histogramOf([0, 0, 1e12]).summary();
    expect([count, maxMs]).toEqual([3, 1e12]);
    expect(p50Ms).toBeLessThan(0.001);
  });
});
