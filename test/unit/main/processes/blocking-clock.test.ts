import { expect, it } from 'vitest';
import { BlockingClock } from '../../../../main/processes/blocking-clock.ts';
import { createManualTimers } from '../../../helpers/manual-timers.ts';

it('adds up the time between on and off, and begins anew when it is asked', () => {
  const { now, advance } = createManualTimers();
  const clock = new BlockingClock(now);
  advance(5);
  expect(clock.take()).toBe(0);
  clock.set(true);
  advance(10);
  clock.set(false);
  advance(20);
  clock.set(true);
  advance(30);
  expect(clock.take()).toBe(40);
  advance(7);
  expect(clock.take()).toBe(7);
  clock.set(false);
  advance(100);
  expect(clock.take()).toBe(0);
});

it('takes the same said twice for one', () => {
  const { now, advance } = createManualTimers();
  const clock = new BlockingClock(now);
  clock.set(true);
  advance(10);
  clock.set(true);
  advance(10);
  clock.set(false);
  clock.set(false);
  expect(clock.take()).toBe(20);
});
