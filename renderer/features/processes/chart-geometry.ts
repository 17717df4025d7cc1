import { HISTORY_MS, type Moment } from './delay-history.ts';

/** The chart's own units; it is stretched to the room that it has. */
export const CHART = { width: 600, height: 100 } as const;

/** What the chart draws, as data of SVG paths. */
export interface ChartPaths {
  readonly main: string;
  readonly page: string;
  /** Closed areas: as high as the share of the time in which native calls were blocking. */
  readonly blocked: string;
  /** What the top of the chart means for the two lines. */
  readonly topMs: number;
}

/** Below, small delays would look like large ones. */
const MIN_TOP_MS = 50;
/** Reports come every half second; a longer pause is one in which nobody looked. */
const MAX_PAUSE_MS = 300;

/** The end of the history is the right edge; a minute before is the left one. */
export function chartPaths(history: readonly Moment[]): ChartPaths {
  const nowMs = history.at(-1)?.atMs ?? 0;
  const topMs = niceTop(
    Math.max(0, ...history.map(({ mainDelayMs, pageDelayMs }) => Math.max(mainDelayMs, pageDelayMs))),
  );
  const x = (atMs: number): number => Math.max(0, CHART.width * (1 - (nowMs - atMs) / HISTORY_MS));
  const y = (share: number): number => CHART.height * (1 - Math.min(1, share));
  const stretches = unbroken(history);
  const line = (pick: (moment: Moment) => number): string =>
    stretches.map((moments) => polyline(moments, x, (moment) => y(pick(moment) / topMs))).join('');
  return {
    main: line(({ mainDelayMs }) => mainDelayMs),
    page: line(({ pageDelayMs }) => pageDelayMs),
    blocked: stretches.map((moments) => steps(moments, x, (moment) => y(moment.blockedMs / moment.spanMs))).join(''),
    topMs,
  };
}

/** The smallest of 50, 100, 200, 500, 1000 … that is no less. */
export function niceTop(longestMs: number): number {
  for (let decade = MIN_TOP_MS / 5; ; decade *= 10) {
    const top = [2, 5, 10].map((factor) => decade * factor).find((each) => each >= Math.max(longestMs, MIN_TOP_MS));
    if (top !== undefined) return top;
  }
}

/** The history in pieces without a pause. */
function unbroken(history: readonly Moment[]): Moment[][] {
  const stretches: Moment[][] = [];
  let endMs = Number.NEGATIVE_INFINITY;
  for (const moment of history) {
    if (moment.spanMs <= 0) continue;
    if (moment.atMs - moment.spanMs - endMs > MAX_PAUSE_MS) stretches.push([]);
    stretches.at(-1)?.push(moment);
    endMs = moment.atMs;
  }
  return stretches;
}

/** From the beginning of the first moment on, so that a single one is a line, too. */
function polyline(moments: readonly Moment[], x: (atMs: number) => number, y: (moment: Moment) => number): string {
  const [first] = moments;
  if (!first) return '';
  const points = moments.map((moment) => `L${round(x(moment.atMs))} ${round(y(moment))}`);
  return `M${round(x(first.atMs - first.spanMs))} ${round(y(first))}${points.join('')}`;
}

function steps(moments: readonly Moment[], x: (atMs: number) => number, y: (moment: Moment) => number): string {
  const [first] = moments;
  const last = moments.at(-1);
  if (!first || !last) return '';
  const tops = moments.map((moment) => `V${round(y(moment))}H${round(x(moment.atMs))}`);
  return `M${round(x(first.atMs - first.spanMs))} ${CHART.height}${tops.join('')}V${CHART.height}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
