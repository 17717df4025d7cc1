import { describe, expect, it } from 'vitest';
import { measure, passes } from '../../../bench/harness/measure.ts';

describe('measure', () => {
  it('has null where there is neither baseline nor bar', () => {
    expect(measure({ name: 'a', value: 2, unit: 'ms' })).toEqual({
      ...{ name: 'a', value: 2, unit: 'ms' },
      ...{ baseline: null, ratio: null, bar: null, ok: null },
    });
  });

  it('divides by the baseline', () => {
    expect(measure({ name: 'a', value: 3, unit: 's', baseline: 2 }).ratio).toBe(1.5);
  });

  it('has no ratio to a baseline of zero', () => {
    expect(measure({ name: 'a', value: 3, unit: 's', baseline: 0 })).toMatchObject({ baseline: 0, ratio: null });
  });

  it('passes a value that is exactly the bar', () => {
    expect(measure({ name: 'a', value: 60, unit: 'ms', bar: 60 }).ok).toBe(true);
  });

  it('does not round a value down to the bar', () => {
    expect(measure({ name: 'a', value: 60.000_01, unit: 'ms', bar: 60 }).ok).toBe(false);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s, which nobody measured', (value) => {
    expect(() => measure({ name: 'gap', value, unit: 'ms', bar: 60 })).toThrow('gap');
  });
});

describe('passes', () => {
  const pass = measure({ name: 'a', value: 1, unit: 'ms', bar: 2 });
  const miss = measure({ name: 'b', value: 3, unit: 'ms', bar: 2 });
  const noBar = measure({ name: 'c', value: 9, unit: 'ms' });

  it('is true when every bar was met and some measures have none', () => {
    expect(passes([pass, noBar])).toBe(true);
  });

  it('is false when one bar was missed', () => {
    expect(passes([pass, miss, noBar])).toBe(false);
  });
});
