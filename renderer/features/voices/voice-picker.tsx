import { Button, Popover, PopoverSurface, PopoverTrigger, Tooltip } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { PersonVoiceRegular } from '@fluentui/react-icons/svg/person-voice';
import type { VoiceTraits } from '../../../protocol/model/voice.ts';
import { useReturnFocus } from '../../components/use-return-focus.ts';
import { useFeature, useServices } from '../../services-context.ts';
import { isMac, shortcutOf } from '../commands/commands.ts';
import { ariaShortcut } from '../commands/shortcut-keys.ts';
import { missingVoice, substituteIn } from './missing-voice.ts';
import { rememberVoice } from './recent-voices.ts';
import { VoiceChoice } from './voice-choice.tsx';
import type { VoiceListState } from './voices.ts';
import './voice-picker.css';

/** The button that names the voice, and the list behind it. */
export function VoicePicker() {
  const { surfaces, settings, voices } = useServices();
  const isOpen = useFeature(
    (services) => services.surfaces,
    ({ isVoicePickerOpen }) => isVoicePickerOpen,
  );
  useReturnFocus(isOpen);
  const voiceId = useFeature(
    (services) => services.settings.store,
    (state) => state.voiceId,
  );
  const name = useFeature(
    (services) => services.voices.store,
    (state) => nameOf(state, voiceId),
  );
  const shown = name ?? (voiceId === null ? 'Automatic voice' : 'Voice');
  const setOpen = (open: boolean): void => surfaces.setState({ isVoicePickerOpen: open });
  const choose = (id: string | null): void => {
    settings.change({ voiceId: id, voiceTraits: traitsOf(voices.store.getState(), id) });
    if (id !== null) rememberVoice(id);
    setOpen(false);
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={(_, { open }) => setOpen(open)}
      trapFocus
      positioning={{ position: 'below', align: 'end', offset: 6 }}
    >
      <PopoverTrigger disableButtonEnhancement>
        <Tooltip content="Choose a voice" relationship="inaccessible" withArrow>
          <Button
            className="voice-button"
            icon={<PersonVoiceRegular />}
            aria-label={`Voice: ${shown}`}
            aria-keyshortcuts={ariaShortcut(shortcutOf('choose-voice'), isMac)}
          >
            <span className="voice-button__name">{shown}</span>
            <ChevronDownRegular className="voice-button__chevron" />
          </Button>
        </Tooltip>
      </PopoverTrigger>
      <PopoverSurface className="voice-picker" aria-label="Choose a voice">
        <VoiceChoice selectedId={voiceId} onChoose={choose} />
      </PopoverSurface>
    </Popover>
  );
}

/** Of the voice that speaks; undefined while that is not known. */
function nameOf(state: VoiceListState, voiceId: string | null): string | undefined {
  if (state.kind !== 'loaded') return undefined;
  const missing = missingVoice(state, voiceId);
  if (missing) return substituteIn(state, missing)?.name ?? 'none';
  return state.voices.find(({ id }) => id === voiceId)?.name;
}

function traitsOf(state: VoiceListState, voiceId: string | null): VoiceTraits | null {
  const voice = state.kind === 'loaded' ? state.voices.find(({ id }) => id === voiceId) : undefined;
  return voice ? { name: voice.name, language: voice.language } : null;
}
