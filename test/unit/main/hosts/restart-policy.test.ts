import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterReady,
  createRestartBudget,
  DEFAULT_RESTART_LIMITS,
  type Death,
  decideRestart,
  NO_DEATHS,
  type RestartDecision,
  type RestartLimits,
} from '../../../../main/hosts/restart-policy.ts';

const limits: RestartLimits = {
  maxRestarts: 3,
  windowMs: 10_000,
  maxFailedStarts: 2,
  backOffMs: [0, 100, 400],
  stableMs: 5_000,
};

const beforeReady: Death = { readyForMs: null, isProven: false, wasBusy: false };
const idle: Death = { readyForMs: 10, isProven: false, wasBusy: false };
const busy: Death = { readyForMs: 10, isProven: false, wasBusy: true };
const proven: Death = { readyForMs: 10, isProven: true, wasBusy: true };

/** What is decided for one death after the other. */
function decideAll(deaths: readonly { death: Death; atMs: number }[], by: RestartLimits = limits): RestartDecision[] {
  let nowMs = 0;
  const budget = createRestartBudget(by, () => nowMs);
  return deaths.map(({ death, atMs }) => {
    nowMs = atMs;
    if (death.readyForMs !== null) budget.ready();
    return budget.died(death);
  });
}

const times = (death: Death, count: number, everyMs = 1): { death: Death; atMs: number }[] =>
  Array.from({ length: count }, (_, index) => ({ death, atMs: index * everyMs }));

const restart = (delayMs: number): RestartDecision => ({ kind: 'restart', delayMs });

describe('the restart policy', () => {
  it('restarts at once after the first death, then after growing pauses', () => {
    expect(decideAll(times(idle, 3))).toEqual([restart(0), restart(100), restart(400)]);
  });

  it('repeats the last pause when there are more deaths than pauses', () => {
    const many = { ...limits, maxRestarts: 10 };
    expect(decideAll(times(idle, 5), many).slice(3)).toEqual([restart(400), restart(400)]);
  });

  it('restarts at once without a list of pauses', () => {
    expect(decideAll(times(idle, 2), { ...limits, backOffMs: [] })).toEqual([restart(0), restart(0)]);
  });

  it('gives up when the window holds more deaths than restarts are allowed, and says how many it made', () => {
    expect(decideAll(times(idle, 4)).at(-1)).toEqual({ kind: 'give-up', restarts: 3 });
  });

  it('forgets deaths that have left the window', () => {
    expect(decideAll(times(idle, 20, 4_000))).not.toContainEqual(expect.objectContaining({ kind: 'give-up' }));
  });

  it('counts a death that is exactly as old as the window as gone', () => {
    const { history } = decideRestart({ deathsAtMs: [0, 1], failedStarts: 0 }, idle, 10_000, limits);
    expect(history.deathsAtMs).toEqual([1, 10_000]);
  });

  it('makes nobody wait after a death with a call, but charges it', () => {
    expect(decideAll(times(busy, 4))).toEqual([restart(0), restart(0), restart(0), { kind: 'give-up', restarts: 3 }]);
  });

  it('does not charge the death of a host that had proved itself', () => {
    expect(decideAll([...times(proven, 50), { death: idle, atMs: 51 }])).toEqual(Array(51).fill(restart(0)));
  });

  it('gives up after failed starts in a row', () => {
    expect(decideAll(times(beforeReady, 2))).toEqual([restart(0), { kind: 'give-up', restarts: 1 }]);
  });

  it('counts failed starts anew once a host has been ready', () => {
    const deaths = [beforeReady, idle, beforeReady].map((death, index) => ({ death, atMs: index }));
    expect(decideAll(deaths).map(({ kind }) => kind)).toEqual(['restart', 'restart', 'restart']);
  });

  it('wipes the slate when a host dies that was ready for the stable period', () => {
    const old: Death = { ...idle, readyForMs: 5_000 };
    const deaths = [...times(idle, 3), { death: old, atMs: 3 }, { death: idle, atMs: 4 }];
    expect(decideAll(deaths).slice(3)).toEqual([restart(0), restart(100)]);
  });

  it('wipes the slate on request', () => {
    const budget = createRestartBudget(limits, () => 0);
    for (let count = 0; count < 4; count += 1) budget.died(idle);
    budget.reset();
    expect(budget.died(idle)).toEqual(restart(0));
  });

  it('leaves the history that it was given as it was', () => {
    const before = Object.freeze({ deathsAtMs: Object.freeze([1]), failedStarts: 1 });
    decideRestart(before, beforeReady, 2, limits);
    afterReady(before);
    expect(before).toEqual({ deathsAtMs: [1], failedStarts: 1 });
  });

  it('keeps the deaths when a host becomes ready', () => {
    expect(afterReady({ deathsAtMs: [1, 2], failedStarts: 1 })).toEqual({ deathsAtMs: [1, 2], failedStarts: 0 });
  });
});

describe('the default restart limits', () => {
  /** Time until hosts that die `lifeMs` after each start are given up; null if they never are. */
  function givenUpAfterMs(death: Death, lifeMs: number): number | null {
    let nowMs = 0;
    let history = NO_DEATHS;
    for (let count = 0; count < 1_000; count += 1) {
      nowMs += lifeMs;
      if (death.readyForMs !== null) history = afterReady(history);
      const decided = decideRestart(history, death, nowMs, DEFAULT_RESTART_LIMITS);
      if (decided.decision.kind === 'give-up') return nowMs;
      history = decided.history;
      nowMs += decided.decision.delayMs;
    }
    return null;
  }

  it('give up a program that dies as soon as it starts in under a second', () => {
    expect(givenUpAfterMs(beforeReady, 100)).toBeLessThan(1_000);
  });

  it('give up, within a minute, any host that dies by itself again and again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 }), (lifeMs) => {
        expect(givenUpAfterMs({ ...idle, readyForMs: lifeMs }, lifeMs)).toBeLessThan(60_000);
      }),
    );
  });

  it('outlast five tries in a minute with a text that kills two hosts each time', () => {
    const decisions = decideAll(times(busy, 10, 6_000), DEFAULT_RESTART_LIMITS);
    expect(decisions).toEqual(Array(10).fill(restart(0)));
  });
});
