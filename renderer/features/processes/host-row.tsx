import { Button, Tooltip } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { DismissCircleRegular } from '@fluentui/react-icons/svg/dismiss-circle';
import type { ReactElement } from 'react';
import type { HostStatus } from '../../../protocol/model/host-status.ts';
import { useFeature, useServices } from '../../services-context.ts';
import { formatAge, formatAgo, formatBytes, formatShare, UNKNOWN } from './format.ts';
import { engineName, exitCodeName, exitReasonName, hostName, requestName, stateName } from './host-words.ts';

export interface HostRowProps {
  readonly host: HostStatus;
  /** One of its buttons was used, and will go with its process. */
  onDone(): void;
}

export function HostRow({ host, onDone }: HostRowProps) {
  const { pid, engine, calls, restarts, rssBytes, cpuShare } = host;
  return (
    <tr data-host={pid ?? ''} data-state={host.state}>
      <th scope="row">
        {hostName(engine)}
        <span className="process-table__detail">{engineName(engine)}</span>
      </th>
      <td className="tabular">{pid ?? UNKNOWN}</td>
      <td>
        <Doing host={host} />
      </td>
      <td className="tabular">{formatShare(cpuShare)}</td>
      <td className="tabular">{formatBytes(rssBytes)}</td>
      <td className="tabular">{calls}</td>
      <td className="tabular">{restarts}</td>
      <td>
        <LastEnd host={host} />
      </td>
      <td>
        <Actions host={host} onDone={onDone} />
      </td>
    </tr>
  );
}

function Doing({ host }: { readonly host: HostStatus }) {
  const { request, requestAgeMs } = host;
  if (request === null) return stateName(host);
  const name = host.state === 'ready' ? requestName(request) : `${stateName(host)}: ${requestName(request)}`;
  return (
    <span className="process-table__doing">
      <span>{name}</span>
      <span className="tabular">{requestAgeMs === null ? '' : formatAge(requestAgeMs)}</span>
    </span>
  );
}

function LastEnd({ host }: { readonly host: HostStatus }) {
  const { lastExit } = host;
  if (!lastExit) return UNKNOWN;
  const code = exitCodeName(lastExit);
  return (
    <>
      {exitReasonName(lastExit)}
      <span className="process-table__detail tabular">
        {[code, formatAgo(lastExit.agoMs)].filter((part) => part !== '').join(', ')}
      </span>
    </>
  );
}

function Actions({ host, onDone }: HostRowProps) {
  const { processes, hosts } = useServices();
  const isConnected = useFeature(
    ({ link }) => link.state,
    ({ kind }) => kind === 'connected',
  );
  const { pid } = host;
  if (host.state === 'gave-up')
    return (
      <Button size="small" disabledFocusable={!isConnected} onClick={() => hosts.retry()}>
        Retry
      </Button>
    );
  if (pid === null) return null;
  const button = (label: string, icon: ReactElement, act: (pid: number) => void) => (
    <Tooltip content={`${label} ${hostName(host.engine).toLowerCase()} process ${pid}`} relationship="label" withArrow>
      <Button
        size="small"
        appearance="subtle"
        icon={icon}
        disabledFocusable={!isConnected}
        onClick={() => {
          act(pid);
          onDone();
        }}
      />
    </Tooltip>
  );
  return (
    <span className="process-table__actions">
      {button('Restart', <ArrowClockwiseRegular />, processes.restart)}
      {button('End', <DismissCircleRegular />, processes.end)}
    </span>
  );
}
