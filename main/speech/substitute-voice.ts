import type { Voice, VoiceReplacement, VoiceTraits } from '../../protocol/model/voice.ts';
import { nearestVoice } from './nearest-voice.ts';
import { languageOfVoiceId } from './voice-language.ts';

/** A voice that somebody chose, and what is known of it besides. */
export interface WantedVoice {
  readonly id: string;
  readonly traits?: VoiceTraits | null;
}

/** What becomes of a voice that is not among `voices`: see `substituteFor`. */
export function replaceVoice(voices: readonly Voice[], wanted: WantedVoice): VoiceReplacement {
  const { id, traits } = wanted;
  const substituteId = substituteFor(voices, wanted)?.id ?? null;
  return { voiceId: id, name: traits?.name ?? id, language: languageOf(wanted), substituteId };
}

/**
 * Takes the place of a voice that is not among `voices`: the nearest of its language (the very same tag, then the same
 * region, then another). Never one of another language: a Japanese text in an English voice is noise, and who hears it
 * does not know why.
 */
export function substituteFor(voices: readonly Voice[], wanted: WantedVoice): Voice | undefined {
  const language = languageOf(wanted);
  if (language === null) return undefined;
  const tag = language.toLowerCase();
  const region = regionOf(language);
  const same = voices.find((voice) => voice.language.toLowerCase() === tag);
  const ofRegion = region === undefined ? [] : voices.filter((voice) => regionOf(voice.language) === region);
  return same ?? nearestVoice(ofRegion, language) ?? nearestVoice(voices, language);
}

function languageOf({ id, traits }: WantedVoice): string | null {
  const told = traits?.language === 'und' ? null : traits?.language;
  return told ?? languageOfVoiceId(id);
}

function regionOf(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).region;
  } catch {
    return undefined; // RangeError: not a tag
  }
}
