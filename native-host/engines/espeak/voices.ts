import type { Voice } from '../../../protocol/model/voice.ts';
import type { EspeakVoice } from './bindings.ts';

const ID_PREFIX = 'espeak:';

/** Voices of MBROLA need a program and data that are not part of eSpeak; without them they are silent. */
const MBROLA = /^mb[/\\]/;

const genders: Readonly<Record<number, Voice['gender']>> = { 1: 'male', 2: 'female' };

/** Where eSpeak's own language names read as something else in BCP-47: `ru-cl` would be Russian as spoken in Chile. */
const languageExceptions: Readonly<Record<string, string>> = {
  'ca-ba': 'ca-ES',
  'ca-nw': 'ca-ES',
  'ca-va': 'ca-valencia',
  'ru-cl': 'ru',
};

/** The voices that can speak, by the id that Aside knows them by. In the library's order. */
export function speakingVoices(voices: readonly EspeakVoice[]): Map<string, EspeakVoice> {
  return new Map(voices.filter(({ identifier }) => !MBROLA.test(identifier)).map((voice) => [toVoiceId(voice), voice]));
}

export function toVoice(voice: EspeakVoice): Voice {
  return {
    id: toVoiceId(voice),
    name: voice.name.replaceAll('_', ' ').trim() || voice.identifier,
    language: toBcp47(voice.languages[0] ?? ''),
    gender: genders[voice.gender] ?? 'unknown',
    engine: 'espeak',
  };
}

/** Windows builds write the identifier, a path, with backslashes. */
function toVoiceId({ identifier }: EspeakVoice): string {
  return ID_PREFIX + identifier.replaceAll('\\', '/');
}

/** A language name of eSpeak in canonical BCP-47. Subtags at the end that make it invalid are dropped. */
function toBcp47(language: string): string {
  const exception = languageExceptions[language];
  if (exception) return exception;
  for (let subtags = language.split('-'); subtags.length > 0; subtags = subtags.slice(0, -1)) {
    try {
      return Intl.getCanonicalLocales(subtags.join('-'))[0] ?? 'und';
    } catch {
      // Not well-formed with its last subtag, such as `en-us-nyc`.
    }
  }
  return 'und';
}
