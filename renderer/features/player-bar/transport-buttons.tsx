import { NextFilled } from '@fluentui/react-icons/svg/next';
import { PauseFilled } from '@fluentui/react-icons/svg/pause';
import { PlayFilled } from '@fluentui/react-icons/svg/play';
import { PreviousFilled } from '@fluentui/react-icons/svg/previous';
import { StopFilled } from '@fluentui/react-icons/svg/stop';
import { CommandButton } from '../../components/command-button.tsx';
import { isActive } from '../../player/playback-state.ts';
import { useFeature } from '../../services-context.ts';

export function TransportButtons() {
  const state = useFeature(
    ({ playback }) => playback.store,
    (snapshot) => snapshot.state,
  );
  const hasSelection = useFeature(
    ({ editor }) => editor.store,
    ({ selection }) => selection !== null,
  );
  const isReading = isActive(state);
  const isSounding = isReading && state.phase !== 'paused';
  return (
    <fieldset className="transport" aria-label="Playback">
      <CommandButton
        command="previous-sentence"
        label="Previous sentence"
        appearance="subtle"
        shape="circular"
        size="large"
        icon={<PreviousFilled />}
        disabledFocusable={!isReading}
      />
      <CommandButton
        command="play-pause"
        label={isSounding ? 'Pause' : playLabel(isReading, hasSelection)}
        appearance="primary"
        shape="circular"
        size="large"
        className="transport__play"
        data-busy={state.phase === 'starting' || state.phase === 'waiting'}
        icon={isSounding ? <PauseFilled /> : <PlayFilled />}
      />
      <CommandButton
        command="next-sentence"
        label="Next sentence"
        appearance="subtle"
        shape="circular"
        size="large"
        icon={<NextFilled />}
        disabledFocusable={!isReading}
      />
      <CommandButton
        command="stop"
        label="Stop"
        appearance="subtle"
        shape="circular"
        size="large"
        icon={<StopFilled />}
        disabledFocusable={!isReading}
      />
    </fieldset>
  );
}

function playLabel(isReading: boolean, hasSelection: boolean): string {
  if (isReading) return 'Resume';
  return hasSelection ? 'Play the selection' : 'Play';
}
