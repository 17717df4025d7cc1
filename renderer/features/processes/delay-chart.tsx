import { useId, useMemo } from 'react';
import { useFeature } from '../../services-context.ts';
import { CHART, chartPaths } from './chart-geometry.ts';
import { type LongestDelays, type Moment, summarize } from './delay-history.ts';
import { formatDelay } from './format.ts';
import './delay-chart.css';

/**
 * The delay of main and page over the last minute, before the time in which native calls were blocking: that the one
 * does not touch the other is what hosts are for. The table beside it says the same in numbers.
 */
export function DelayChart() {
  const tableId = useId();
  const history = useFeature(
    ({ processes }) => processes.store,
    (state) => state.history,
  );
  return (
    <div className="delays">
      <figure className="delays__figure">
        <Plot history={history} tableId={tableId} />
        <div className="delays__axis" aria-hidden="true">
          <span>a minute ago</span>
          <span>30 s</span>
          <span>now</span>
        </div>
      </figure>
      <DelayTable history={history} id={tableId} />
    </div>
  );
}

function Plot({ history, tableId }: { readonly history: readonly Moment[]; readonly tableId: string }) {
  const { main, page, blocked, topMs } = useMemo(() => chartPaths(history), [history]);
  const { width, height } = CHART;
  return (
    <div className="delays__plot">
      <svg
        className="delays__svg"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Delay of main process and page in the last minute, and when native calls were blocking"
        aria-describedby={tableId}
      >
        <path className="delays__blocked" d={blocked} />
        <path className="delays__grid" d={`M0 ${height / 2}H${width}`} />
        <path className="delays__line delays__line--page" d={page} />
        <path className="delays__line delays__line--main" d={main} />
      </svg>
      <span className="delays__top tabular" aria-hidden="true">
        {topMs >= 1000 ? `${topMs / 1000} s` : `${topMs} ms`}
      </span>
      <span className="delays__zero" aria-hidden="true">
        0
      </span>
    </div>
  );
}

function DelayTable({ history, id }: { readonly history: readonly Moment[]; readonly id: string }) {
  const { coveredMs, blockedMs, main, page } = useMemo(() => summarize(history), [history]);
  const now = history.at(-1);
  return (
    <table className="delays__table" id={id}>
      <caption>
        Longest delay in the last minute. Native calls were blocking for{' '}
        <span className="tabular">
          {seconds(blockedMs)} of {seconds(coveredMs)} s
        </span>
        .
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Process</span>
          </th>
          <th scope="col">Now</th>
          <th scope="col">
            <span className="delays__key delays__key--blocked" />
            Blocking
          </th>
          <th scope="col">Otherwise</th>
        </tr>
      </thead>
      <tbody>
        <DelayRow name="Main process" line="main" nowMs={now?.mainDelayMs ?? null} longest={main} />
        <DelayRow name="Page" line="page" nowMs={now?.pageDelayMs ?? null} longest={page} />
      </tbody>
    </table>
  );
}

interface DelayRowProps {
  readonly name: string;
  readonly line: 'main' | 'page';
  readonly nowMs: number | null;
  readonly longest: LongestDelays;
}

function DelayRow({ name, line, nowMs, longest }: DelayRowProps) {
  return (
    <tr className="tabular">
      <th scope="row">
        <svg className="delays__key" viewBox="0 0 20 4" aria-hidden="true">
          <path className={`delays__line delays__line--${line}`} d="M0 2H20" />
        </svg>
        {name}
      </th>
      <td>{formatDelay(nowMs)}</td>
      <td>{formatDelay(longest.blockingMs)}</td>
      <td>{formatDelay(longest.otherwiseMs)}</td>
    </tr>
  );
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
