import type { Voice } from '../../protocol/model/voice.ts';

/** The voice whose language is nearest to `language` (BCP-47), else an English one, else the first. */
export function bestVoice(voices: readonly Voice[], language: string): Voice | undefined {
  return nearestVoice(voices, language) ?? nearestVoice(voices, 'en') ?? voices[0];
}

/**
 * The voice of the same language that is nearest to `language`: of that very tag, else without a region, else of the
 * region where most of its speakers are. So English of a region without a voice is not whichever accent is listed first.
 */
export function nearestVoice(voices: readonly Voice[], language: string): Voice | undefined {
  const wanted = language.toLowerCase();
  const base = baseOf(wanted);
  const ofTag = (tag: string): Voice | undefined => voices.find(({ language }) => language.toLowerCase() === tag);
  return (
    ofTag(wanted) ??
    ofTag(base) ??
    ofTag(`${base}-${mainRegionOf(base)}`) ??
    voices.find((candidate) => baseOf(candidate.language) === base)
  );
}

/** `en` of `en-GB` */
export function baseOf(tag: string): string {
  return tag.toLowerCase().split('-', 1).join();
}

/** `us` of `en`; empty where nobody knows. */
function mainRegionOf(base: string): string {
  try {
    return new Intl.Locale(base).maximize().region?.toLowerCase() ?? '';
  } catch {
    return ''; // not a language tag
  }
}
