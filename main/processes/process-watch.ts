import type { Timers } from '../../protocol/contract/deadlines.ts';
import { measureLoopDelay } from '../../protocol/loop-delay.ts';
import type { ProcessesReport } from '../../protocol/model/processes.ts';
import type { AllHosts } from '../speech/hosts-as-one.ts';
import { BlockingClock } from './blocking-clock.ts';
import { ProcessMeter, type ProcessSample } from './process-meter.ts';

/** What is the same for all who watch. */
export type SharedReport = Omit<ProcessesReport, 'page'>;

/** Measures main and has the hosts measured, as long as somebody watches. */
export interface ProcessWatch {
  /** The first report comes soon, the others every half second. Returns the function that ends the watching. */
  watch(onReport: (report: SharedReport) => void): () => void;
}

export interface ProcessWatchOptions {
  readonly hosts: Pick<AllHosts, 'status' | 'exits' | 'onChange' | 'sample'>;
  readonly sampleMain: () => ProcessSample;
  readonly timers: Timers;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/** Long enough for the hosts to say what they take, short enough not to be waited for. */
const FIRST_REPORT_MS = 100;
const REPORT_EVERY_MS = 500;

export function createProcessWatch(options: ProcessWatchOptions): ProcessWatch {
  const listeners = new Set<(report: SharedReport) => void>();
  let stop = (): void => {};
  return {
    watch: (onReport) => {
      if (listeners.size === 0) stop = sampleUntilStopped(options, (report) => tell(listeners, report));
      listeners.add(onReport);
      return () => {
        if (listeners.delete(onReport) && listeners.size === 0) stop();
      };
    },
  };
}

function tell(listeners: Iterable<(report: SharedReport) => void>, report: SharedReport): void {
  for (const listener of [...listeners]) listener(report);
}

function sampleUntilStopped(options: ProcessWatchOptions, onReport: (report: SharedReport) => void): () => void {
  const { hosts, sampleMain, timers, now } = options;
  const delay = measureLoopDelay(timers, now);
  const blocking = new BlockingClock(now);
  const main = new ProcessMeter();
  const watchCalls = (): void => blocking.set(hosts.status().some(({ request }) => request !== null));
  const off = hosts.onChange(watchCalls);
  let lastMs = now();
  let timer = timers.set(report, FIRST_REPORT_MS);

  function report(): void {
    timer = timers.set(report, REPORT_EVERY_MS);
    const atMs = now();
    const spanMs = atMs - lastMs;
    lastMs = atMs;
    onReport({
      atMs,
      spanMs,
      mainDelayMs: delay.take(),
      blockedMs: Math.min(spanMs, blocking.take()),
      main: main.note(sampleMain(), atMs),
      hosts: hosts.status(),
      exits: hosts.exits(),
    });
    hosts.sample();
  }

  watchCalls();
  main.note(sampleMain(), lastMs);
  hosts.sample();
  return () => {
    off();
    timers.clear(timer);
    delay.stop();
  };
}
