import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from '@fluentui/react-components';
import { useFeature, useServices } from '../../services-context.ts';
import { VoiceList } from './voice-list.tsx';
import { VoiceProblems } from './voice-problems.tsx';

export interface VoiceChoiceProps {
  readonly selectedId: string | null;
  onChoose(id: string | null): void;
}

/** The list of voices, or why there is none. */
export function VoiceChoice(props: VoiceChoiceProps) {
  const { hosts } = useServices();
  const state = useFeature(
    (services) => services.voices.store,
    (current) => current,
  );
  if (state.kind === 'loading') return <Spinner className="voice-picker__loading" label="Looking for voices…" />;
  if (state.kind === 'failed') {
    return (
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{state.error.message}</MessageBarTitle>
          {state.error.remedy}
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => hosts.retry()}>Retry</Button>
        </MessageBarActions>
      </MessageBar>
    );
  }
  return (
    <>
      <VoiceList voices={state.voices} {...props} />
      <VoiceProblems problems={state.problems} unusable={state.unusable} />
    </>
  );
}
