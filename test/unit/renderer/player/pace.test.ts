import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AVERAGE_PACE, estimateMs, settle, unsettle } from '../../../../renderer/player/pace.ts';

test('before anything is heard the estimate is an average voice at the chosen rate', () => {
  expect(estimateMs(AVERAGE_PACE, 1_000, 1)).toBe(62_000);
  expect(estimateMs(AVERAGE_PACE, 1_000, 2)).toBe(31_000);
});

test('settles towards what was measured', () => {
  let pace = AVERAGE_PACE;
  const errors: number[] = [];
  for (let i = 0; i < 20; i++) {
    pace = settle(pace, { chars: 300, ms: 300 * 100 }, 1);
    errors.push(100 - pace.msPerChar);
  }

  expect(errors).toEqual(errors.toSorted((a, b) => b - a));
  expect(errors.at(-1)).toBeLessThan(1);
});

test('one short first segment does not decide alone', () => {
  expect(settle(AVERAGE_PACE, { chars: 5, ms: 2_000 }, 1).msPerChar).toBeLessThan(75);
});

test('what was measured at one rate holds at another', () => {
  const pace = settle({ msPerChar: 50, chars: 0 }, { chars: 100, ms: 2_500 }, 2);

  expect(estimateMs(pace, 100, 1)).toBeCloseTo(5_000);
});

test('a change of pace is noticed after a long time, too', () => {
  let pace = settle(AVERAGE_PACE, { chars: 10_000_000, ms: 500_000_000 }, 1);
  for (let i = 0; i < 200; i++) pace = settle(pace, { chars: 300, ms: 300 * 100 }, 1);

  expect(pace.msPerChar).toBeGreaterThan(90);
});

test('another voice starts from the pace of the one before it and soon leaves it', () => {
  const long = settle(AVERAGE_PACE, { chars: 10_000, ms: 1_000_000 }, 1);
  const other = settle(unsettle(long), { chars: 150, ms: 150 * 50 }, 1);

  expect(unsettle(long).msPerChar).toBe(long.msPerChar);
  expect(other.msPerChar).toBeLessThan(80);
});

test('is never negative', () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0.33, max: 3, noNaN: true }), (chars, rate) => {
      expect(estimateMs(AVERAGE_PACE, chars, rate)).toBeGreaterThanOrEqual(0);
    }),
  );
});
