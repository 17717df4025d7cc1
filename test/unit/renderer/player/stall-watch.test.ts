import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchForStall } from '../../../../renderer/player/stall-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('tells of three seconds of silence, once', () => {
  const onStall = vi.fn();
  const watch = watchForStall(() => true, onStall);
  vi.advanceTimersByTime(2_900);
  expect(onStall).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  watch.stop();

  expect(onStall).toHaveBeenCalledOnce();
});

test('one sign of life is enough, so that waking up from sleep is no stall', () => {
  const onStall = vi.fn();
  const watch = watchForStall(() => true, onStall);
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(1_900);
    watch.alive();
  }
  watch.stop();

  expect(onStall).not.toHaveBeenCalled();
});

test('does not mind silence that is meant', () => {
  const onStall = vi.fn();
  const watch = watchForStall(() => false, onStall);
  vi.advanceTimersByTime(60_000);
  watch.stop();

  expect(onStall).not.toHaveBeenCalled();
});
