import { AsideError } from '../../../protocol/errors.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import { bestVoice } from '../../speech/voices.ts';

const MAX_SUGGESTIONS = 5;

/**
 * The voice that a person means: by id, by language (`en-GB`, `de`) or by name, in that order, case aside; without a
 * wish the best for the system's language. Throws `voice-not-found` with the nearest names.
 */
export function pickVoice(voices: readonly Voice[], wish: string | undefined, systemLanguage: string): Voice {
  const voice = wish === undefined ? bestVoice(voices, systemLanguage) : wished(voices, wish.toLowerCase());
  if (voice) return voice;
  const near = voices
    .filter(({ name, language }) =>
      `${name} ${language}`.toLowerCase().includes((wish ?? '').toLowerCase().slice(0, 2)),
    )
    .slice(0, MAX_SUGGESTIONS)
    .map(({ id }) => id);
  throw new AsideError('voice-not-found', `There is no voice ${JSON.stringify(wish ?? '')}`, {
    details: { voiceId: wish ?? '' },
    remedy: `\`aside voices\` lists the ${voices.length} voices here${near.length > 0 ? `, e.g. ${near.join(', ')}` : ''}.`,
  });
}

function wished(voices: readonly Voice[], wish: string): Voice | undefined {
  return (
    voices.find(({ id }) => id.toLowerCase() === wish) ??
    voices.find(({ id }) => id.toLowerCase().endsWith(`:${wish}`)) ??
    voices.find(({ language }) => language.toLowerCase() === wish) ??
    voices.find(({ name }) => name.toLowerCase() === wish) ??
    voices.find(({ language }) => language.toLowerCase().startsWith(`${wish}-`)) ??
    voices.find(({ name }) => name.toLowerCase().includes(wish))
  );
}
