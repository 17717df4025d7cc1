import { Button, Link, ProgressBar } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { FolderRegular } from '@fluentui/react-icons/svg/folder';
import { StopRegular } from '@fluentui/react-icons/svg/stop';
import { type KeyboardEvent, memo, type ReactElement } from 'react';
import type { QueueItem } from '../../../protocol/model/export-queue.ts';
import { useServices } from '../../services-context.ts';
import { shareOf } from './queue-totals.ts';
import { fileKind, itemFacts, markupWarning, roomWarning } from './queue-words.ts';

interface QueueRowProps {
  readonly item: QueueItem;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** One text of the queue. Alt with an arrow moves it, from anywhere in the row. Drawn again only when it has changed. */
export const QueueRow = memo(function QueueRow({ item, isFirst, isLast }: QueueRowProps) {
  const { queue } = useServices();
  const { id, name, folder, state } = item;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    queue.move(id, event.key === 'ArrowUp' ? -1 : 1);
  };
  const facts = itemFacts(item);
  const warnings = [roomWarning(item), markupWarning(item)].filter((warning) => warning !== null);
  return (
    <li className="queue-row" data-item={id} data-state={state.kind} tabIndex={-1} onKeyDown={onKeyDown}>
      <Mark kind={state.kind} />
      <div className="queue-row__text">
        <span className="queue-row__name" title={folder === '' ? name : `${name} (${folder})`}>
          {name}
        </span>
        <span className="queue-row__facts tabular">{facts}</span>
        {warnings.map((warning) => (
          <span key={warning} className="queue-row__warning tabular">
            {warning}
          </span>
        ))}
        {(state.kind === 'running' || state.kind === 'paused') && (
          <ProgressBar
            aria-label={name}
            aria-valuetext={facts}
            {...((state.kind === 'paused' || state.progress) && { value: Math.min(0.99, shareOf(item)) })}
          />
        )}
      </div>
      <div className="queue-row__actions">
        <OwnAction item={item} />
        <RowButton label={`Move ${name} up`} icon={<ArrowUpRegular />} isOff={isFirst} run={() => queue.move(id, -1)} />
        <RowButton
          label={`Move ${name} down`}
          icon={<ArrowDownRegular />}
          isOff={isLast}
          run={() => queue.move(id, 1)}
        />
        <RowButton label={`Remove ${name}`} icon={<DismissRegular />} run={() => queue.remove(id)} />
      </div>
    </li>
  );
});

function Mark({ kind }: { readonly kind: QueueItem['state']['kind'] }) {
  if (kind === 'done') return <CheckmarkCircleFilled className="queue-row__mark queue-row__mark--good" />;
  if (kind === 'failed') return <ErrorCircleFilled className="queue-row__mark queue-row__mark--bad" />;
  return <span className="queue-row__mark queue-row__mark--dot" aria-hidden="true" />;
}

/** What can be done in this state only. */
function OwnAction({ item: { id, name, state } }: { readonly item: QueueItem }) {
  const { queue } = useServices();
  switch (state.kind) {
    case 'running':
    case 'paused':
      return <RowButton label={`Cancel ${name}`} icon={<StopRegular />} run={() => queue.cancel(id)} />;
    case 'failed':
    case 'cancelled':
      return <RowButton label={`Retry ${name}`} icon={<ArrowClockwiseRegular />} run={() => queue.retry(id)} />;
    case 'done':
      return state.outputs.some(({ downloadPath }) => downloadPath !== null) ? (
        state.outputs.map((output) => (
          <Link
            key={output.path}
            className="queue-row__download"
            href={output.downloadPath ?? ''}
            download={output.name}
            aria-label={`Download ${output.name}`}
            title={`Download ${output.name}`}
          >
            <ArrowDownloadRegular />
            <span className="queue-row__kind">{fileKind(output.name)}</span>
          </Link>
        ))
      ) : (
        <RowButton label={`Show ${name} in its folder`} icon={<FolderRegular />} run={() => queue.reveal(id)} />
      );
    case 'waiting':
      return null;
  }
}

interface RowButtonProps {
  readonly label: string;
  readonly icon: ReactElement;
  readonly isOff?: boolean;
  run(): void;
}

function RowButton({ label, icon, isOff = false, run }: RowButtonProps) {
  return (
    <Button
      size="small"
      appearance="subtle"
      icon={icon}
      aria-label={label}
      title={label}
      disabledFocusable={isOff}
      onClick={run}
    />
  );
}
