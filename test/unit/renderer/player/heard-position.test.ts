import { expect, test } from 'vitest';
import { HeardPosition } from '../../../../renderer/player/heard-position.ts';

test('what was played one latency ago is heard now', () => {
  const heard = new HeardPosition();

  expect([0, 1, 2, 3, 4].map((second) => heard.advance(second * 100, second, 2))).toEqual([0, 0, 0, 100, 200]);
});

test('catches up with the position when that stands still, and never passes it', () => {
  const heard = new HeardPosition();
  for (const second of [0, 1, 2]) heard.advance(second * 100, second, 2);

  expect([3, 4, 5, 6].map((second) => heard.advance(200, second, 2))).toEqual([100, 200, 200, 200]);
});

test('without latency everything that was played is heard', () => {
  expect(new HeardPosition().advance(441, 0.02, 0)).toBe(441);
});

test('starts anew after a reset', () => {
  const heard = new HeardPosition();
  heard.advance(500, 1, 0);
  heard.reset();

  expect(heard.advance(10, 1.02, 0.1)).toBe(0);
});
