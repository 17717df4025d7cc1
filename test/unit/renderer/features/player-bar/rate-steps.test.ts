import { expect, test } from 'vitest';
import { Prosody } from '../../../../../protocol/model/prosody.ts';
import {
  formatRate,
  nearestRateIndex,
  RATES,
  stepRate,
} from '../../../../../renderer/features/player-bar/rate-steps.ts';

test('the voice’s own speed is in the middle of the slider', () => {
  expect(RATES[(RATES.length - 1) / 2]).toBe(1);
});

test('every speed is one that the contract takes, each faster than the one before', () => {
  expect(RATES).toEqual([...RATES].sort((a, b) => a - b));
  for (const rate of RATES) expect(Prosody.shape.rate.safeParse(rate).success).toBe(true);
});

test('steps go through all speeds and hold at the ends', () => {
  expect(stepRate(1, 1)).toBe(1.1);
  expect(stepRate(1, -1)).toBe(0.95);
  expect(stepRate(3, 1)).toBe(3);
  expect(stepRate(0.33, -1)).toBe(0.33);
});

test('a speed from elsewhere is shown as it is, at the nearest place', () => {
  expect(RATES[nearestRateIndex(1.24)]).toBe(1.2);
  expect(formatRate(1.24)).toBe('1.24×');
});
