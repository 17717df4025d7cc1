import { z } from '../schema.ts';
import { DEFAULT_PROSODY, Prosody } from './prosody.ts';
import { VoiceId, VoiceTraits } from './voice.ts';

/** What a user chooses once and finds again. */
export const Settings = z.strictObject({
  /** null: the best voice for the system's language. */
  voiceId: z.nullable(VoiceId),
  /** Of the voice that was chosen, as it was then; null where none was, or it is not known. */
  voiceTraits: z.nullable(VoiceTraits),
  prosody: Prosody,
  theme: z.enum(['system', 'light', 'dark']),
  /** Size of the text in the editor, in CSS pixels. */
  fontSizePx: z.int().check(z.minimum(10), z.maximum(48)),
});
export type Settings = z.infer<typeof Settings>;

/** Any of the settings; a key that is there and undefined changes nothing. */
export const SettingsPatch = z.partial(Settings);
export type SettingsPatch = z.infer<typeof SettingsPatch>;

export const DEFAULT_SETTINGS: Settings = {
  voiceId: null,
  voiceTraits: null,
  prosody: DEFAULT_PROSODY,
  theme: 'system',
  fontSizePx: 18,
};
