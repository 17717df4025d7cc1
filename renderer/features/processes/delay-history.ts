import type { ProcessesReport } from '../../../protocol/model/processes.ts';

/** How a short time went. */
export interface Moment extends Pick<ProcessesReport, 'atMs' | 'spanMs' | 'mainDelayMs' | 'blockedMs'> {
  readonly pageDelayMs: number;
}

export const HISTORY_MS = 60_000;

/** The history with one more moment, the last minute of it. A main that has been started anew has another clock. */
export function withMoment(history: readonly Moment[], moment: Moment): readonly Moment[] {
  const before = (history.at(-1)?.atMs ?? 0) > moment.atMs ? [] : history;
  return [...before.filter(({ atMs }) => moment.atMs - atMs < HISTORY_MS), moment];
}

/** The longest delays of one process: while a native call was blocking, and while none was; null: there was no such time. */
export interface LongestDelays {
  readonly blockingMs: number | null;
  readonly otherwiseMs: number | null;
}

/** A history in few numbers. */
export interface DelaySummary {
  readonly coveredMs: number;
  readonly blockedMs: number;
  readonly main: LongestDelays;
  readonly page: LongestDelays;
}

export function summarize(history: readonly Moment[]): DelaySummary {
  const sum = (pick: (moment: Moment) => number): number => history.reduce((total, each) => total + pick(each), 0);
  return {
    coveredMs: sum(({ spanMs }) => spanMs),
    blockedMs: sum(({ blockedMs }) => blockedMs),
    main: longest(history, ({ mainDelayMs }) => mainDelayMs),
    page: longest(history, ({ pageDelayMs }) => pageDelayMs),
  };
}

function longest(history: readonly Moment[], pick: (moment: Moment) => number): LongestDelays {
  const of = (moments: readonly Moment[]): number | null => (moments.length ? Math.max(...moments.map(pick)) : null);
  return {
    blockingMs: of(history.filter(({ blockedMs }) => blockedMs > 0)),
    otherwiseMs: of(history.filter(({ blockedMs }) => blockedMs === 0)),
  };
}
