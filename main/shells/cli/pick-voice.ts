import { AsideError } from '../../../protocol/errors.ts';
import { EngineId, isVoiceOf, type Voice } from '../../../protocol/model/voice.ts';
import { baseOf, bestVoice, nearestVoice } from '../../speech/nearest-voice.ts';
import { substituteFor } from '../../speech/substitute-voice.ts';

const MAX_SUGGESTIONS = 5;

export interface PickedVoice {
  readonly voice: Voice;
  /** The voice that was meant is not here, and this one of the same language takes its place: to be told. */
  readonly isSubstitute: boolean;
}

/**
 * The voice that a person means: by id, by language (`en-GB`, `de`) or by name, in that order, case aside; without a
 * wish the best for the system's language. For a voice that is gone, named by its whole id, one of the same language.
 * Throws `voice-not-found` with the nearest ids.
 */
export function pickVoice(voices: readonly Voice[], wish: string | undefined, systemLanguage: string): PickedVoice {
  const voice = wish === undefined ? bestVoice(voices, systemLanguage) : wished(voices, wish, systemLanguage);
  if (voice) return { voice, isSubstitute: false };
  const substitute = wish === undefined ? undefined : substituteOf(voices, wish.trim());
  if (substitute) return { voice: substitute, isSubstitute: true };
  const near = wish === undefined ? [] : suggestions(voices, wish);
  throw new AsideError('voice-not-found', `There is no voice ${JSON.stringify(wish ?? '')}`, {
    details: { voiceId: wish ?? '' },
    remedy: `\`aside voices\` lists the ${voices.length} voices here${near.length > 0 ? `, e.g. ${near.join(', ')}` : ''}.`,
  });
}

function substituteOf(voices: readonly Voice[], wish: string): Voice | undefined {
  const isId = EngineId.options.some((engine) => isVoiceOf(wish.toLowerCase(), engine));
  return isId ? substituteFor(voices, { id: wish }) : undefined;
}

function wished(voices: readonly Voice[], text: string, systemLanguage: string): Voice | undefined {
  const wish = text.trim().toLowerCase();
  if (wish === '') return undefined; // every name includes it
  const tag = tagOf(wish);
  return (
    voices.find(({ id }) => id.toLowerCase() === wish) ??
    voices.find(({ id }) => id.toLowerCase().endsWith(`:${wish}`)) ??
    voices.find(({ language }) => language.toLowerCase() === tag) ??
    voices.find(({ name }) => name.toLowerCase() === wish) ??
    likeliest(
      voices.filter(({ language }) => language.toLowerCase().startsWith(`${tag}-`)),
      systemLanguage,
    ) ??
    likeliest(
      voices.filter(({ name }) => name.toLowerCase().startsWith(wish)),
      systemLanguage,
    ) ??
    voices.find(({ language }) => tag.startsWith(`${language.toLowerCase()}-`)) ??
    likeliest(
      voices.filter(({ name }) => name.toLowerCase().includes(wish)),
      systemLanguage,
    )
  );
}

/** Of several accents (`en`, `English`) the person's own, else the most common; never just the first of the list. */
function likeliest([first, ...others]: readonly Voice[], systemLanguage: string): Voice | undefined {
  if (!first) return undefined;
  const candidates = [first, ...others];
  return nearestVoice(candidates, systemLanguage) ?? nearestVoice(candidates, baseOf(first.language));
}

/** Voices of the same language first, then those that begin alike. */
function suggestions(voices: readonly Voice[], text: string): string[] {
  const wish = text.trim().toLowerCase();
  if (wish === '') return [];
  const base = baseOf(tagOf(wish));
  const start = wish.slice(0, 2);
  const same = voices.filter(({ language }) => baseOf(language) === base);
  const alike = voices.filter(({ name, language }) => `${name} ${language}`.toLowerCase().includes(start));
  return [...new Set([...same, ...alike])].slice(0, MAX_SUGGESTIONS).map(({ id }) => id);
}

/** Systems write `pt_PT`, BCP-47 `pt-PT`. */
function tagOf(wish: string): string {
  return wish.replaceAll('_', '-');
}
