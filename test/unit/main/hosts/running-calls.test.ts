import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunningCalls } from '../../../../main/hosts/running-calls.ts';

describe('the calls that run', () => {
  it('have no lowest rank when there are none', () => {
    expect(new RunningCalls<{ rank: number }, string>().lowestRank).toBe(Number.POSITIVE_INFINITY);
  });

  it('are taken out once', () => {
    const running = new RunningCalls<{ rank: number }, string>();
    const call = { rank: 1 };
    running.add(call, 'here');
    expect([running.delete(call), running.delete(call), running.size]).toEqual([true, false, 0]);
  });

  it('know where the one runs that has been running longest, of those that are asked for', () => {
    const running = new RunningCalls<{ rank: number }, string>();
    const [first, second, third] = [{ rank: 1 }, { rank: 2 }, { rank: 2 }];
    running.add(first, 'a');
    running.add(second, 'b');
    running.add(third, 'c');
    const longestAt = (wanted: number) => running.longestAt(({ rank }) => rank === wanted);
    expect([longestAt(1), longestAt(2), longestAt(3)]).toEqual(['a', 'b', undefined]);
    running.delete(second);
    expect(longestAt(2)).toBe('c');
  });

  it('always know the lowest rank among them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -3, max: 3 }))), (steps) => {
        const running = new RunningCalls<{ rank: number }, string>();
        for (const [isAdded, rank] of steps) {
          const call = running.all()[0];
          if (isAdded || !call) running.add({ rank }, 'here');
          else running.delete(call);
          expect(running.lowestRank).toBe(Math.min(...running.all().map((each) => each.rank)));
        }
      }),
    );
  });
});
