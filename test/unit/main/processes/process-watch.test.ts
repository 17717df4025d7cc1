import { describe, expect, it } from 'vitest';
import { createProcessWatch, type SharedReport } from '../../../../main/processes/process-watch.ts';
import type { HostStatus } from '../../../../protocol/model/host-status.ts';
import { hostStatus } from '../../../fixtures/contracts/model-samples.ts';
import { createManualTimers } from '../../../helpers/manual-timers.ts';

function createWatched() {
  const timers = createManualTimers();
  const listeners = new Set<() => void>();
  const counts = { samples: 0 };
  let hosts: HostStatus[] = [];
  const watch = createProcessWatch({
    hosts: {
      status: () => hosts,
      exits: () => [],
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      sample: () => {
        counts.samples += 1;
      },
    },
    sampleMain: () => ({ pid: 1, rssBytes: 1_000, cpuMs: timers.now() / 4 }),
    timers,
    now: timers.now,
  });
  return {
    watch,
    timers,
    listeners,
    counts,
    /** Says whether a host is at a call. */
    call: (isRunning: boolean) => {
      hosts = [{ ...hostStatus, request: isRunning ? 'utterance.speak' : null }];
      for (const listener of listeners) listener();
    },
  };
}

describe('while nobody watches', () => {
  it('nothing is measured, asked or listened to', () => {
    const { timers, listeners, counts } = createWatched();
    timers.advance(10_000);
    expect([timers.pending, listeners.size, counts.samples]).toEqual([0, 0, 0]);
  });

  it('nothing is, after the last one has gone, either', () => {
    const { watch, timers, listeners, counts } = createWatched();
    const ends = [watch.watch(() => {}), watch.watch(() => {})];
    timers.advance(1_000);
    ends[0]?.();
    ends[0]?.();
    expect([timers.pending, listeners.size]).toEqual([2, 1]);
    ends[1]?.();
    const { samples } = counts;
    timers.advance(10_000);
    expect([timers.pending, listeners.size]).toEqual([0, 0]);
    expect(counts.samples).toBe(samples);
  });
});

describe('while somebody watches', () => {
  it('reports come soon, then every half second, and hosts are asked before and after each', () => {
    const { watch, timers, counts } = createWatched();
    const reports: SharedReport[] = [];
    watch.watch((report) => reports.push(report));
    expect(counts.samples).toBe(1);
    timers.advance(1_100);
    expect(reports.map(({ atMs, spanMs }) => [atMs, spanMs])).toEqual([
      [100, 100],
      [600, 500],
      [1_100, 500],
    ]);
    expect(counts.samples).toBe(4);
  });

  it('a report tells the delay, what main takes, and the hosts', () => {
    const { watch, timers, call } = createWatched();
    const reports: SharedReport[] = [];
    watch.watch((report) => reports.push(report));
    call(false);
    timers.advance(600);
    expect(reports[1]).toEqual({
      atMs: 600,
      spanMs: 500,
      mainDelayMs: 0,
      blockedMs: 0,
      main: { pid: 1, rssBytes: 1_000, cpuMs: 150, cpuShare: 0.25 },
      hosts: [{ ...hostStatus, request: null }],
      exits: [],
    });
  });

  it('time with a call counts as blocking, however many changes there are, and only its own part of a span', () => {
    const { watch, timers, call } = createWatched();
    call(true);
    const blocked: number[] = [];
    watch.watch(({ blockedMs }) => blocked.push(blockedMs));
    timers.advance(200);
    call(false);
    timers.advance(100);
    call(true);
    call(true);
    timers.advance(300);
    call(false);
    timers.advance(500);
    expect(blocked).toEqual([100, 400, 0]);
  });

  it('all who watch are told the same, a late one from its coming on', () => {
    const { watch, timers } = createWatched();
    const told: [string, number][] = [];
    watch.watch(({ atMs }) => told.push(['early', atMs]));
    timers.advance(100);
    watch.watch(({ atMs }) => told.push(['late', atMs]));
    timers.advance(500);
    expect(told).toEqual([
      ['early', 100],
      ['early', 600],
      ['late', 600],
    ]);
    expect(timers.pending).toBe(2);
  });
});
