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

export interface VoiceChoiceProps {
  readonly selectedId: string | null;
  onChoose(id: string | null): void;
}

/** The list of voices, or why there is none. */
export function VoiceChoice(props: VoiceChoiceProps) {
  const { voices } = useServices();
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
          <Button onClick={() => void voices.load()}>Retry</Button>
        </MessageBarActions>
      </MessageBar>
    );
  }
  return (
    <>
      <VoiceList voices={state.voices} {...props} />
      {state.problems.map((problem) => (
        <p key={problem.message} className="voice-picker__problem">
          <strong>{problem.message}</strong> {problem.remedy}
        </p>
      ))}
    </>
  );
}
