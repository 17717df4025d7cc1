import { Button, ProgressBar } from '@fluentui/react-components';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { useReturnFocus } from '../../components/use-return-focus.ts';
import { useFeature, useServices } from '../../services-context.ts';
import { describeTime } from '../player-bar/format-time.ts';
import { ExportChoosing } from './export-choosing.tsx';
import { ExportHeading } from './export-heading.tsx';
import { percentOf } from './export-news.ts';
import type { ExportState } from './exports.ts';
import { roomWarning } from './queue-words.ts';
import { SavedExportFacts } from './saved-export.tsx';
import './export-card.css';

/** What becomes of the text and how its export goes, beside the text: one can go on reading. */
export function ExportCard() {
  const state = useFeature(
    (services) => services.exports.store,
    (current) => current,
  );
  useReturnFocus(state.kind === 'choosing');
  if (state.kind === 'none') return null;
  return (
    <section className="export" aria-label="Export" data-export={state.kind}>
      {state.kind === 'choosing' && <ExportChoosing asked={state} />}
      {state.kind === 'running' && <Running state={state} />}
      {state.kind === 'saved' && <SavedExportFacts result={state.result} />}
      {state.kind === 'failed' && <Failed state={state} />}
    </section>
  );
}

function Running({ state }: { readonly state: Extract<ExportState, { kind: 'running' }> }) {
  const { exports } = useServices();
  const { standing, name } = state;
  const { progress } = standing;
  const percent = percentOf(progress);
  const warning = roomWarning(standing);
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
      {warning !== null && <span className="export__warning tabular">{warning}</span>}
    </>
  );
}

function Failed({ state }: { readonly state: Extract<ExportState, { kind: 'failed' }> }) {
  const { exports } = useServices();
  return (
    <div role="alert">
      <ExportHeading icon={<ErrorCircleFilled className="export__bad" />} title={`${state.name} was not made`} />
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
