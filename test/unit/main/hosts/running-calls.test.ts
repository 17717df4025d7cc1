import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunningCalls } from '../../../../main/hosts/running-calls.ts';

describe('the calls that run', () => {
  it('have no lowest rank when there are none', () => {
    expect(new RunningCalls().lowestRank).toBe(Number.POSITIVE_INFINITY);
  });

  it('are taken out once', () => {
    const running = new RunningCalls();
    const call = { rank: 1 };
    running.add(call);
    expect([running.delete(call), running.delete(call), running.size]).toEqual([true, false, 0]);
  });

  it('always know the lowest rank among them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -3, max: 3 }))), (steps) => {
        const running = new RunningCalls<{ rank: number }>();
        for (const [isAdded, rank] of steps) {
          const call = running.all()[0];
          if (isAdded || !call) running.add({ rank });
          else running.delete(call);
          expect(running.lowestRank).toBe(Math.min(...running.all().map((each) => each.rank)));
        }
      }),
    );
  });
});
