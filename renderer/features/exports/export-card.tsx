import { Button, Link, ProgressBar } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { FolderRegular } from '@fluentui/react-icons/svg/folder';
import type { ReactNode } from 'react';
import { useFeature, useServices } from '../../services-context.ts';
import { describeTime } from '../player-bar/format-time.ts';
import { type ExportState, percentOf } from './exports.ts';
import { formatBytes } from './format-bytes.ts';
import './export-card.css';

/** How the export goes, beside the text: one can go on reading. */
export function ExportCard() {
  const state = useFeature(
    (services) => services.exports.store,
    (current) => current,
  );
  if (state.kind === 'none') return null;
  return (
    <section className="export" aria-label="Export" data-export={state.kind}>
      {state.kind === 'running' && <Running state={state} />}
      {state.kind === 'saved' && <Saved state={state} />}
      {state.kind === 'failed' && <Failed state={state} />}
    </section>
  );
}

function Running({ state }: { readonly state: Extract<ExportState, { kind: 'running' }> }) {
  const { exports } = useServices();
  const { progress, name } = state;
  const percent = percentOf(progress);
  const facts = progress
    ? [
        `${percent} %`,
        ...(progress.timesRealTime > 0 ? [`${Math.round(progress.timesRealTime)}× real time`] : []),
        ...(progress.remainingMs === null ? [] : [`${describeTime(progress.remainingMs)} left`]),
      ]
    : ['Starting…'];
  return (
    <>
      <div className="export__heading">
        <h2 className="export__title">{name}</h2>
        <Button size="small" onClick={() => exports.cancel()}>
          Cancel
        </Button>
      </div>
      <ProgressBar
        thickness="large"
        aria-label="Export progress"
        aria-valuetext={facts.join(', ')}
        {...(progress && { value: percent / 100 })}
      />
      <span className="export__facts tabular">{facts.join(' · ')}</span>
    </>
  );
}

function Saved({ state }: { readonly state: Extract<ExportState, { kind: 'saved' }> }) {
  const { exports } = useServices();
  const { result, name } = state;
  const { path, downloadPath, bytes, durationMs } = result;
  const canReveal = useFeature(
    (services) => services.surfaces,
    ({ hasDialogs }) => hasDialogs,
  );
  return (
    <>
      <Heading icon={<CheckmarkCircleFilled className="export__good" />} title={`${name} is ready`} />
      <p className="export__path" title={path}>
        {downloadPath === null ? path : 'Your browser saves it with your downloads.'}
      </p>
      <div className="export__foot">
        <span className="export__facts">
          {formatBytes(bytes)}, {describeTime(durationMs)} of audio
        </span>
        {downloadPath !== null && (
          <Link href={downloadPath} download={name} className="export__download">
            <ArrowDownloadRegular /> Download again
          </Link>
        )}
        {downloadPath === null && canReveal && (
          <Button size="small" icon={<FolderRegular />} onClick={() => exports.reveal()}>
            Show in folder
          </Button>
        )}
      </div>
    </>
  );
}

function Failed({ state }: { readonly state: Extract<ExportState, { kind: 'failed' }> }) {
  const { exports } = useServices();
  return (
    <div role="alert">
      <Heading icon={<ErrorCircleFilled className="export__bad" />} title={`${state.name} was not made`} />
      <p className="export__error">{state.error.message}</p>
      {state.error.remedy !== '' && <p className="export__error">{state.error.remedy}</p>}
      <div className="export__foot">
        <Button size="small" onClick={() => exports.start()}>
          Try again
        </Button>
      </div>
    </div>
  );
}

function Heading({ icon, title }: { readonly icon: ReactNode; readonly title: string }) {
  const { exports } = useServices();
  return (
    <div className="export__heading">
      {icon}
      <h2 className="export__title">{title}</h2>
      <Button
        appearance="transparent"
        size="small"
        aria-label="Dismiss"
        icon={<DismissRegular />}
        onClick={() => exports.close()}
      />
    </div>
  );
}
