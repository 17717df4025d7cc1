import { Button, ProgressBar } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { DocumentAddRegular } from '@fluentui/react-icons/svg/document-add';
import { FolderAddRegular } from '@fluentui/react-icons/svg/folder-add';
import { PauseRegular } from '@fluentui/react-icons/svg/pause';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { CommandButton } from '../../components/command-button.tsx';
import { useReturnFocus } from '../../components/use-return-focus.ts';
import { useFeature, useServices } from '../../services-context.ts';
import { droppedFiles } from './given-files.ts';
import { QueueChoices } from './queue-choices.tsx';
import { QueueList } from './queue-list.tsx';
import { queueTotals } from './queue-totals.ts';
import { queueFacts, queueSummary } from './queue-words.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import './queue.css';

/** Texts that become audio one after the other, below the text: one can go on reading. */
export function QueuePanel() {
  const isOpen = useFeature(
    ({ queue }) => queue.store,
    (state) => state.isOpen,
  );
  useReturnFocus(isOpen);
  return isOpen ? <OpenPanel /> : null;
}

function OpenPanel() {
  const { queue } = useServices();
  const panel = useRef<HTMLElement>(null);
  const [isOver, setOver] = useState(false);
  useEffect(() => panel.current?.focus(), []);
  const keepFocus = (): void => panel.current?.focus();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    queue.close();
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    queue.addFiles(droppedFiles(event.dataTransfer));
  };
  return (
    <section
      ref={panel}
      className="queue"
      aria-label="Export queue"
      tabIndex={-1}
      data-own-escape
      data-takes-files
      data-over={isOver || undefined}
      onKeyDown={onKeyDown}
      onDragOver={() => setOver(true)}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={onDrop}
    >
      <PanelHead />
      <div className="queue__body">
        <QueueChoices />
        <Totals onButtonGone={keepFocus} />
        <QueueList onNoneLeft={keepFocus} />
      </div>
    </section>
  );
}

function PanelHead() {
  const { queue } = useServices();
  return (
    <div className="queue__head">
      <h2 className="queue__title">Export queue</h2>
      <Button
        size="small"
        className="queue__add"
        icon={<DocumentAddRegular />}
        onClick={() => queue.chooseTexts('files')}
      >
        Add files
      </Button>
      <Button
        size="small"
        className="queue__add"
        icon={<FolderAddRegular />}
        onClick={() => queue.chooseTexts('folder')}
      >
        Add a folder
      </Button>
      <CommandButton
        command="queue"
        label="Close the export queue"
        size="small"
        appearance="subtle"
        className="queue__close"
        icon={<DismissRegular />}
      />
    </div>
  );
}

/**
 * All items together: how far they are, what came of them, and what can be done with all. `onButtonGone`: a button that
 * had the focus had nothing more to do.
 */
function Totals({ onButtonGone }: { readonly onButtonGone: () => void }) {
  const { queue: feature } = useServices();
  const queue = useFeature(
    (services) => services.queue.store,
    (state) => state.queue,
  );
  const actions = useRef<HTMLDivElement>(null);
  const keepFocus = useKeptFocus(actions, onButtonGone);
  if (queue.items.length === 0) return null;
  const totals = queueTotals(queue);
  const facts = totals.left > 0 ? queueFacts(totals, queue.isRunning) : queueSummary(totals, queue.items);
  const hasBegun = totals.share > 0;
  return (
    <div className="queue__totals">
      <div className="queue__whole">
        <span className="queue__facts tabular">{facts}</span>
        {totals.left > 0 && hasBegun && (
          <ProgressBar aria-label="All texts" aria-valuetext={facts} value={totals.share} thickness="large" />
        )}
      </div>
      <div ref={actions} className="queue__actions" {...keepFocus}>
        {totals.left > 0 && <StartButton isRunning={queue.isRunning} hasBegun={hasBegun} />}
        {totals.failed > 0 && (
          <Button size="small" onClick={() => feature.retry(null)}>
            Retry failed
          </Button>
        )}
        {totals.waiting > 1 && (
          <Button size="small" appearance="subtle" onClick={() => feature.cancel(null)}>
            Cancel waiting
          </Button>
        )}
        {totals.done + totals.cancelled > 0 && (
          <Button size="small" appearance="subtle" onClick={() => feature.clear()}>
            Clear finished
          </Button>
        )}
      </div>
    </div>
  );
}

function StartButton({ isRunning, hasBegun }: { readonly isRunning: boolean; readonly hasBegun: boolean }) {
  const { queue } = useServices();
  return isRunning ? (
    <Button key="start" size="small" icon={<PauseRegular />} onClick={() => queue.pause()}>
      Pause
    </Button>
  ) : (
    <Button key="start" size="small" appearance="primary" icon={<PlayRegular />} onClick={() => queue.start()}>
      {hasBegun ? 'Go on' : 'Start'}
    </Button>
  );
}
