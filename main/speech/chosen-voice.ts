import type { VoiceReplacement, VoiceTraits } from '../../protocol/model/voice.ts';
import { replaceVoice } from './substitute-voice.ts';
import type { VoiceCatalogue, VoiceList } from './voices.ts';

/** What a user chose, as the settings have it. */
export interface VoiceSetting {
  readonly voiceId: string | null;
  readonly voiceTraits: VoiceTraits | null;
}

export interface ChosenVoices extends VoiceCatalogue {
  /** With what takes the place of the chosen voice, if that is not here. */
  list(): Promise<VoiceList & { readonly replacement?: VoiceReplacement }>;
}

/** The voices for somebody whose choice is remembered. Reads the choice, and never changes it: the voice may come back. */
export function withChosenVoice(catalogue: VoiceCatalogue, setting: () => VoiceSetting): ChosenVoices {
  return {
    list: async () => {
      const found = await catalogue.list();
      const { voiceId, voiceTraits } = setting();
      if (voiceId === null || found.voices.some(({ id }) => id === voiceId)) return found;
      return { ...found, replacement: replaceVoice(found.voices, { id: voiceId, traits: voiceTraits }) };
    },
    resolve: (voiceId) => {
      const { voiceId: chosenId, voiceTraits } = setting();
      return catalogue.resolve(voiceId, voiceId === chosenId ? voiceTraits : null);
    },
  };
}
