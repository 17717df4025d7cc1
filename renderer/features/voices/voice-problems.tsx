import { Button } from '@fluentui/react-components';
import type { WireError } from '../../../protocol/errors.ts';
import type { UnusableVoice } from '../../../protocol/model/voice.ts';
import { useServices } from '../../services-context.ts';

export interface VoiceProblemsProps {
  readonly problems: readonly WireError[];
  readonly unusable: readonly UnusableVoice[];
}

/** Where voices are missing: why an engine has none here and what to do, and which are installed and of no use. */
export function VoiceProblems({ problems, unusable }: VoiceProblemsProps) {
  const { hosts } = useServices();
  if (problems.length === 0 && unusable.length === 0) return null;
  return (
    <section className="voice-picker__problems" aria-label="Voices that are missing">
      {problems.map(({ message, remedy }) => (
        <p key={message} className="voice-picker__problem">
          <strong>{message}</strong> {remedy}
        </p>
      ))}
      {problems.length > 0 && (
        <Button size="small" onClick={() => hosts.retry()}>
          Retry
        </Button>
      )}
      {namesByReason(unusable).map(([reason, names]) => (
        <p key={reason} className="voice-picker__problem">
          <strong>Not usable here: {names.join(', ')}.</strong> {reason}
        </p>
      ))}
    </section>
  );
}

/** Old voices come by the dozen, and all for the same reason. */
function namesByReason(unusable: readonly UnusableVoice[]): [string, string[]][] {
  const names = new Map<string, string[]>();
  for (const { reason, name } of unusable) names.set(reason, [...(names.get(reason) ?? []), name]);
  return [...names];
}
