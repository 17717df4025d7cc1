import type { Voice } from '../../../protocol/model/voice.ts';

export interface ScriptedVoice extends Voice {
  /** Of its tone, at pitch 0. */
  readonly frequencyHz: number;
}

function voice(name: string, language: string, gender: Voice['gender'], frequencyHz: number): ScriptedVoice {
  return { id: `scripted:${name}`, name: `Tone ${frequencyHz} Hz`, language, gender, engine: 'scripted', frequencyHz };
}

export const scriptedVoices: readonly ScriptedVoice[] = [
  voice('en-us-high', 'en-US', 'female', 330),
  voice('en-us-low', 'en-US', 'male', 165),
  voice('en-gb', 'en-GB', 'neutral', 220),
  voice('de', 'de-DE', 'female', 294),
  voice('ja', 'ja-JP', 'male', 196),
  voice('ar', 'ar', 'unknown', 247),
];
