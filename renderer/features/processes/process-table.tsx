import { useRef } from 'react';
import type { HostStatus } from '../../../protocol/model/host-status.ts';
import type { ProcessStatus } from '../../../protocol/model/processes.ts';
import { useFeature } from '../../services-context.ts';
import { formatBytes, formatDelay, formatShare, UNKNOWN } from './format.ts';
import { HostRow } from './host-row.tsx';
import './process-table.css';

const COLUMNS = ['Process', 'PID', 'Doing', 'CPU', 'Memory', 'Calls', 'Restarts', 'Last end', 'Actions'] as const;

/** Main, the page and the hosts, one below the other, since it is the comparison that matters. */
export function ProcessTable() {
  const frame = useRef<HTMLElement>(null);
  const report = useFeature(
    ({ processes }) => processes.store,
    (state) => state.report,
  );
  const pageDelayMs = useFeature(
    ({ processes }) => processes.store,
    ({ history }) => history.at(-1)?.pageDelayMs ?? null,
  );
  const hosts = useFeature(
    (services) => services.hosts.store,
    (state) => state,
  );
  if (!report) return null;
  const shown = hosts.filter(isThere);
  return (
    <section
      ref={frame}
      className="process-table__frame"
      aria-label="All processes"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: where it is wider than its frame, the keyboard has to scroll it
      tabIndex={0}
    >
      <table className="process-table">
        <colgroup>
          {COLUMNS.map((column) => (
            <col key={column} className={`process-table__col--${column.toLowerCase().replace(' ', '-')}`} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" title={column === 'CPU' ? 'Of one processor core' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <AppRow name="Main process" detail="watches the others" status={report.main} delayMs={report.mainDelayMs} />
          <AppRow name="Page" detail="draws the window" status={report.page} delayMs={pageDelayMs} />
          {shown.map((host, index) => (
            // The row stays where its button had the focus; the button does not stay when the process is another.
            <HostRow key={host.pid ?? `slot-${index}`} host={host} onDone={() => frame.current?.focus()} />
          ))}
          {shown.length === 0 && (
            <tr className="process-table__none">
              <td colSpan={COLUMNS.length}>No voice process. One is started when there is something to say.</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

/** A slot that never had a process, or will have none, is nothing to look at. */
function isThere({ pid, state }: HostStatus): boolean {
  return pid !== null || state === 'starting' || state === 'waiting' || state === 'gave-up';
}

interface AppRowProps {
  readonly name: string;
  readonly detail: string;
  /** null where the shell cannot know. */
  readonly status: ProcessStatus | null;
  readonly delayMs: number | null;
}

function AppRow({ name, detail, status, delayMs }: AppRowProps) {
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="process-table__detail">{detail}</span>
      </th>
      <td className="tabular">{status?.pid ?? <NotTold />}</td>
      <td>
        <span className="process-table__doing">
          Delay
          <span className="tabular">{formatDelay(delayMs)}</span>
        </span>
      </td>
      <td className="tabular">{status ? formatShare(status.cpuShare) : <NotTold />}</td>
      <td className="tabular">{status ? formatBytes(status.rssBytes) : <NotTold />}</td>
      <td />
      <td />
      <td />
      <td />
    </tr>
  );
}

function NotTold() {
  return (
    <span title="A browser does not tell its pages">
      {UNKNOWN}
      <span className="visually-hidden">A browser does not tell its pages</span>
    </span>
  );
}
