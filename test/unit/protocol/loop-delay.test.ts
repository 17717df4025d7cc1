import { expect, it } from 'vitest';
import { systemTimers, type Timers } from '../../../protocol/contract/deadlines.ts';
import { measureLoopDelay } from '../../../protocol/loop-delay.ts';
import { createManualTimers, type ManualTimers } from '../../helpers/manual-timers.ts';

/** Timers that fire late by as much as the test says, once. */
function createLateTimers(): { timers: Timers & ManualTimers; stall(ms: number): void } {
  const manual = createManualTimers();
  let stalledMs = 0;
  const timers = { ...manual, now: () => manual.now() + stalledMs };
  return {
    timers: Object.defineProperty(timers, 'pending', { get: () => manual.pending }),
    stall: (ms) => {
      stalledMs += ms;
    },
  };
}

it('is nothing while timers come in time', () => {
  const { timers } = createLateTimers();
  const delay = measureLoopDelay(timers, timers.now);
  timers.advance(500);
  expect(delay.take()).toBe(0);
});

it('is the longest stall since it was asked last', () => {
  const { timers, stall } = createLateTimers();
  const delay = measureLoopDelay(timers, timers.now);
  for (const stallMs of [40, 70, 20]) {
    timers.advance(100);
    stall(stallMs);
  }
  timers.advance(100);
  expect(delay.take()).toBe(70);
  timers.advance(100);
  expect(delay.take()).toBe(0);
});

it('has a stall in it that has not ended, and the whole of it in the next answer', () => {
  const { timers, stall } = createLateTimers();
  const delay = measureLoopDelay(timers, timers.now);
  stall(1_010);
  expect(delay.take()).toBe(1_000);
  stall(500);
  timers.advance(10);
  expect(delay.take()).toBeGreaterThanOrEqual(1_500);
});

it('sets no timer once it is stopped', () => {
  const { timers } = createLateTimers();
  const delay = measureLoopDelay(timers, timers.now);
  expect(timers.pending).toBe(1);
  delay.stop();
  expect(timers.pending).toBe(0);
});

it('sees a real event loop being blocked', () => {
  const delay = measureLoopDelay(systemTimers, () => performance.now());
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  expect(delay.take()).toBeGreaterThanOrEqual(150);
  delay.stop();
});
