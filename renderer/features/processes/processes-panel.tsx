import { Button, MessageBar, MessageBarActions, MessageBarBody, Spinner } from '@fluentui/react-components';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { CommandButton } from '../../components/command-button.tsx';
import { useReturnFocus } from '../../components/use-return-focus.ts';
import { useFeature, useServices } from '../../services-context.ts';
import { DelayChart } from './delay-chart.tsx';
import { DeveloperSection } from './developer-section.tsx';
import { EndedLately } from './ended-lately.tsx';
import { ProcessTable } from './process-table.tsx';
import './processes.css';

/** The processes of Aside, below the text: one can go on reading and watch. */
export function ProcessesPanel() {
  const isOpen = useFeature(
    ({ processes }) => processes.store,
    (state) => state.isOpen,
  );
  useReturnFocus(isOpen);
  return isOpen ? <OpenPanel /> : null;
}

function OpenPanel() {
  const { processes } = useServices();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    processes.close();
  };
  return (
    <section
      ref={panel}
      className="processes"
      aria-label="Processes"
      tabIndex={-1}
      data-own-escape
      onKeyDown={onKeyDown}
    >
      <PanelHead />
      <div className="processes__body">
        <Trouble />
        <Content />
      </div>
    </section>
  );
}

function PanelHead() {
  const { processes } = useServices();
  const isCopied = useFeature(
    (services) => services.processes.store,
    (state) => state.isCopied,
  );
  const hasReport = useFeature(
    (services) => services.processes.store,
    ({ report }) => report !== null,
  );
  return (
    <div className="processes__head">
      <h2 className="processes__title">Processes</h2>
      <p className="processes__hint">Ending a voice process loses nothing: another one says again what it was at.</p>
      <Button
        size="small"
        className="processes__copy"
        icon={isCopied ? <CheckmarkRegular /> : <CopyRegular />}
        disabledFocusable={!hasReport}
        onClick={() => processes.copyDiagnostics()}
      >
        {isCopied ? 'Copied' : 'Copy diagnostics'}
      </Button>
      <CommandButton
        command="processes"
        label="Close the processes"
        size="small"
        appearance="subtle"
        icon={<DismissRegular />}
      />
    </div>
  );
}

/** Why there is nothing to see, or nothing new. */
function Trouble() {
  const { processes } = useServices();
  const failure = useFeature(
    (services) => services.processes.store,
    (state) => state.failure,
  );
  const isConnected = useFeature(
    ({ link }) => link.state,
    ({ kind }) => kind === 'connected',
  );
  if (!isConnected)
    return (
      <MessageBar intent="warning" className="processes__trouble">
        <MessageBarBody>Not connected to Aside. These are the last numbers that came.</MessageBarBody>
      </MessageBar>
    );
  if (!failure) return null;
  return (
    <MessageBar intent="error" role="alert" className="processes__trouble">
      <MessageBarBody>
        {failure.message} {failure.remedy}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => processes.retry()}>Try again</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function Content() {
  const hasReport = useFeature(
    ({ processes }) => processes.store,
    ({ report }) => report !== null,
  );
  const isWaiting = useFeature(
    ({ processes }) => processes.store,
    ({ report, failure }) => report === null && failure === null,
  );
  if (isWaiting) return <Spinner className="processes__waiting" size="small" label="Looking at the processes…" />;
  if (!hasReport) return null;
  return (
    <div className="processes__columns">
      <div className="processes__column">
        <ProcessTable />
        <EndedLately />
      </div>
      <div className="processes__column">
        <DelayChart />
        <DeveloperSection />
      </div>
    </div>
  );
}
