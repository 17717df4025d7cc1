import { expect, test } from 'vitest';
import { describeTime, formatTime } from '../../../../../renderer/features/player-bar/format-time.ts';

test.each([
  [0, '0:00'],
  [7_999, '0:07'],
  [754_000, '12:34'],
  [3_723_000, '1:02:03'],
  [-5, '0:00'],
])('%d ms is %s', (ms, text) => {
  expect(formatTime(ms)).toBe(text);
});

test.each([
  [1_000, '1 second'],
  [45_400, '45 seconds'],
  [60_000, '1 minute'],
  [754_000, '13 minutes'],
  [3_600_000, '1 hour'],
  [3_900_000, '1 hour 5 minutes'],
])('%d ms is said as %s', (ms, text) => {
  expect(describeTime(ms)).toBe(text);
});
