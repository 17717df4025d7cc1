import { z } from 'zod';
import { DEFAULT_PROSODY, Prosody } from './prosody.ts';
import { VoiceId, VoiceTraits } from './voice.ts';

/** What a user chooses once and finds again. */
export const Settings = z.strictObject({
  /** null: the best voice for the system's language. */
  voiceId: VoiceId.nullable(),
  /** Of the voice that was chosen, as it was then; null where none was, or it is not known. */
  voiceTraits: VoiceTraits.nullable(),
  prosody: Prosody,
  theme: z.enum(['system', 'light', 'dark']),
  /** Size of the text in the editor, in CSS pixels. */
  fontSizePx: z.int().min(10).max(48),
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = {
  voiceId: null,
  voiceTraits: null,
  prosody: DEFAULT_PROSODY,
  theme: 'system',
  fontSizePx: 18,
};
