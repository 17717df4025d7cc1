import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile, summarize } from '../../../bench/harness/stats.ts';

const oneToThirty = Array.from({ length: 30 }, (_, index) => 30 - index);

describe('percentile', () => {
  it('is the nearest rank, whatever the order of the samples', () => {
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(oneToThirty, share))).toEqual([15, 29, 30, 30]);
  });

  it('takes the upper of two samples when the share falls between them', () => {
    expect(percentile([1, 2], 0.51)).toBe(2);
  });

  it('is a sample that at least that share of all samples does not exceed', () => {
    const samples = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(samples, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const found = percentile(values, share);
        expect(values).toContain(found);
        expect(values.filter((value) => value <= found).length / values.length).toBeGreaterThanOrEqual(share);
      }),
    );
  });

  it('refuses to speak of nothing', () => {
    expect(() => percentile([], 0.5)).toThrow('at least one sample');
  });
});

describe('summarize', () => {
  it('tells count, median, tail and maximum', () => {
    expect(summarize(oneToThirty)).toEqual({ count: 30, p50: 15, p95: 29, p99: 30, max: 30 });
  });

  it('leaves the samples in their order', () => {
    const samples = [3, 1, 2];
    summarize(samples);
    expect(samples).toEqual([3, 1, 2]);
  });
});
