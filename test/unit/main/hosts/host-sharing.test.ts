import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallPriority, rankOf } from '../../../../main/hosts/call-queue.ts';
import { hostsWanted, mayRun } from '../../../../main/hosts/host-sharing.ts';

const limits = { maxBusy: 2, spares: 1 };
const [listening, background] = ['listening', 'background'] as const;

function mayRunBeside(priority: CallPriority, running: readonly CallPriority[]): boolean {
  const lowestRank = Math.min(...running.map(rankOf));
  return mayRun(rankOf(priority), { size: running.length, lowestRank }, limits);
}

describe('sharing hosts out', () => {
  it.each<[CallPriority, CallPriority[], boolean]>([
    [listening, [], true],
    [background, [background], true],
    [background, [background, background], false],
    [background, [listening, background], false],
    [listening, [listening, listening], false],
    [listening, [background, background], true],
    [listening, [listening, background], true],
    [listening, [listening, background, background], false],
    [1, [listening, listening], true],
    [-101, [background, background], false],
  ])('lets %s run beside %j: %s', (priority, running, expected) => {
    expect(mayRunBeside(priority, running)).toBe(expected);
  });

  it('never lets background work have the spare', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<CallPriority>(listening, background)), (running) => {
        expect(mayRunBeside(background, running)).toBe(running.length < limits.maxBusy);
      }),
    );
  });

  it.each([
    { running: 0, waiting: 0, wanted: 0 },
    { running: 1, waiting: 0, wanted: 2 },
    { running: 0, waiting: 1, wanted: 2 },
    { running: 1, waiting: 1, wanted: 3 },
    { running: 2, waiting: 50, wanted: 3 },
    { running: 3, waiting: 0, wanted: 4 },
  ])('wants $wanted hosts for $running running and $waiting waiting calls', ({ running, waiting, wanted }) => {
    expect(hostsWanted(running, waiting, limits)).toBe(wanted);
  });

  it('wants no spare when none is asked for', () => {
    expect(hostsWanted(1, 0, { maxBusy: 2, spares: 0 })).toBe(1);
  });
});
