import type { EngineId, Voice } from '../../protocol/model/voice.ts';

/** A voice of which no more than its language matters. */
export function voiceOf(language: string, engine: EngineId = 'espeak'): Voice {
  return { id: `${engine}:${language}`, name: language, language, gender: 'unknown', engine };
}
