import { expect, test } from 'vitest';
import { ElapsedAnchors } from '../../../../renderer/player/elapsed-anchors.ts';

test('a place that was heard has the time at which it was heard', () => {
  const anchors = new ElapsedAnchors(100);
  anchors.reached(1_100, 70_000);
  anchors.reached(2_100, 150_000);

  expect(anchors.elapsedAt(1_100, 1)).toBe(70_000);
  expect(anchors.elapsedAt(100, 1)).toBe(0);
});

test('a place in between is estimated from the nearest one before it', () => {
  const anchors = new ElapsedAnchors(0);
  anchors.reached(1_000, 70_000);

  expect(anchors.elapsedAt(1_100, 62)).toBe(76_200);
});

test('a place beyond everything heard is estimated', () => {
  expect(new ElapsedAnchors(0).elapsedAt(10_000, 62)).toBe(620_000);
});

test('what was heard first stays: going back over it changes nothing', () => {
  const anchors = new ElapsedAnchors(0);
  anchors.reached(1_000, 70_000);
  anchors.reached(1_000, 999_000);

  expect(anchors.elapsedAt(1_000, 62)).toBe(70_000);
});

test('before the start there is no time', () => {
  expect(new ElapsedAnchors(500).elapsedAt(0, 62)).toBe(0);
});
