import { Button } from '@fluentui/react-components';
import type { Misbehaviour } from '../../../protocol/model/processes.ts';
import { useFeature, useServices } from '../../services-context.ts';
import { describeRun } from './misbehaviours.ts';
import './developer-section.css';

const BUTTONS: readonly { readonly how: Misbehaviour; readonly label: string }[] = [
  { how: 'block', label: 'Block 5 s' },
  { how: 'spin', label: 'Compute 5 s' },
  { how: 'hang', label: 'Hang' },
  { how: 'crash', label: 'Crash' },
  { how: 'leak', label: 'Leak' },
];

/** Lets developers do to a host what bad engines do, and watch. Main refuses all of it to everybody else. */
export function DeveloperSection() {
  const { processes } = useServices();
  const isDeveloper = useFeature(
    (services) => services.processes.store,
    ({ installation }) => installation?.isDeveloper === true,
  );
  const isConnected = useFeature(
    ({ link }) => link.state,
    ({ kind }) => kind === 'connected',
  );
  const runs = useFeature(
    (services) => services.processes.misbehaviours,
    (state) => state,
  );
  if (!isDeveloper) return null;
  return (
    <section className="developer" aria-label="For developers">
      <h3 className="processes__subtitle">For developers</h3>
      <div className="developer__buttons">
        <span className="developer__lead">Let a real voice process of the scripted engine</span>
        {BUTTONS.map(({ how, label }) => (
          <Button key={how} size="small" disabledFocusable={!isConnected} onClick={() => processes.misbehave(how)}>
            {label}
          </Button>
        ))}
      </div>
      <ul className="developer__runs">
        {runs.map((run) => (
          <li key={run.number} data-run={run.outcome === null ? 'running' : 'over'}>
            {describeRun(run)}
          </li>
        ))}
      </ul>
    </section>
  );
}
