import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastAtOrBefore } from '../../../../renderer/player/last-at-or-before.ts';

const self = (value: number): number => value;

test('finds what a search from the end finds', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (values, wanted) => {
      const sorted = values.toSorted((a, b) => a - b);

      expect(lastAtOrBefore(sorted, wanted, self)).toBe(sorted.findLastIndex((value) => value <= wanted));
    }),
  );
});

test('of equal keys the last is meant', () => {
  expect(lastAtOrBefore([1, 2, 2, 2, 3], 2, self)).toBe(3);
});
