import { expect, test } from 'vitest';
import { timesOfIdle, timesOfReading } from '../../../../../renderer/features/player-bar/reading-times.ts';

const position = { charIndex: 150, spoken: null, elapsedMs: 5_000, remainingMs: 7_000 };

test('while something is read the share is of the part that is read', () => {
  expect(timesOfReading(position, { startIndex: 100, endIndex: 200 })).toEqual({
    share: 0.5,
    elapsedMs: 5_000,
    remainingMs: 7_000,
  });
});

test('the share stays between 0 and 1', () => {
  expect(timesOfReading(position, { startIndex: 200, endIndex: 300 }).share).toBe(0);
  expect(timesOfReading(position, { startIndex: 0, endIndex: 0 }).share).toBe(1);
});

test('while nothing is read it is where Play would begin, and about how long the rest would take', () => {
  const pace = { msPerChar: 50, chars: 1_000 };

  expect(timesOfIdle({ cursor: 250, length: 1_000, selection: null, rate: 2, pace })).toEqual({
    share: 0.25,
    elapsedMs: 0,
    remainingMs: 18_750,
  });
});

test('at the end of the text Play begins at its start', () => {
  const pace = { msPerChar: 50, chars: 1_000 };

  expect(timesOfIdle({ cursor: 1_000, length: 1_000, selection: null, rate: 1, pace })).toMatchObject({
    share: 0,
    remainingMs: 50_000,
  });
});

test('with a selection it is the selection', () => {
  const pace = { msPerChar: 50, chars: 1_000 };
  const selection = { from: 100, to: 300 };

  expect(timesOfIdle({ cursor: 300, length: 1_000, selection, rate: 1, pace })).toMatchObject({
    share: 0.1,
    remainingMs: 10_000,
  });
});
