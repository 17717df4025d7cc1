import type { Voice } from '../../../protocol/model/voice.ts';
import { languageName } from './language-name.ts';

export interface VoiceGroup {
  readonly title: string;
  readonly voices: readonly Voice[];
}

/** A voice with what it can be found by, folded once for all searches. */
interface Entry {
  readonly voice: Voice;
  readonly language: string;
  readonly haystack: string;
}

export type VoiceIndex = readonly Entry[];

const GENDERS: Record<Voice['gender'], string> = { female: 'female', male: 'male', neutral: 'neutral', unknown: '' };
const ENGINES: Record<Voice['engine'], string> = { espeak: 'eSpeak NG', sapi: 'Windows', scripted: 'Scripted' };

/** `de`, `german`, `Deutsch` and `GERMAN` should all find the same. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

export function indexVoices(voices: readonly Voice[]): VoiceIndex {
  return voices.map((voice) => {
    const language = languageOf(voice);
    const own = ownLanguageName(voice.language);
    return { voice, language, haystack: fold([voice.name, language, own, voice.language, describe(voice)].join(' ')) };
  });
}

/** The language that a voice speaks, by the voice's own name where Intl has none: Chromium knows no Bashkir (`ba`). */
export function languageOf({ language, name }: Voice): string {
  const known = languageName(language);
  return known === language ? name : known;
}

/** What the voice is beside its name and language, e.g. "Female · eSpeak NG". */
export function describe(voice: Voice): string {
  const gender = GENDERS[voice.gender];
  const engine = ENGINES[voice.engine];
  return gender === '' ? engine : `${gender.charAt(0).toUpperCase()}${gender.slice(1)} · ${engine}`;
}

/**
 * Voices in which every word of `query` occurs, by language: first the recent ones, then those of the system's language,
 * then the rest by name. A voice is in one group only.
 */
export function groupVoices(
  index: VoiceIndex,
  query: string,
  preferred: { readonly recentIds: readonly string[]; readonly language: string },
): VoiceGroup[] {
  const words = fold(query).split(/\s+/u).filter(Boolean);
  const found = index.filter(({ haystack }) => words.every((word) => wordOccurs(haystack, word)));
  const recent = preferred.recentIds.flatMap((id) => found.filter(({ voice }) => voice.id === id));
  const rest = found.filter((entry) => !recent.includes(entry));
  const own = baseOf(preferred.language);
  const groups = new Map<string, Entry[]>();
  for (const entry of rest) {
    const title = languageOf({ ...entry.voice, language: baseOf(entry.voice.language) });
    groups.set(title, [...(groups.get(title) ?? []), entry]);
  }
  const ownTitle = languageName(own);
  const titles = [...groups.keys()].sort((a, b) => Number(b === ownTitle) - Number(a === ownTitle) || compare(a, b));
  return [
    ...(recent.length > 0 ? [{ title: 'Recent', voices: recent.map(({ voice }) => voice) }] : []),
    ...titles.map((title) => ({
      title,
      voices: (groups.get(title) ?? []).map(({ voice }) => voice).sort(byFit(preferred.language)),
    })),
  ];
}

/** At the beginning of a word: "en" is not looked for in "Armenian". */
function wordOccurs(haystack: string, word: string): boolean {
  for (let at = haystack.indexOf(word); at >= 0; at = haystack.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(haystack.charAt(at - 1))) return true;
  }
  return false;
}

function ownLanguageName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? '';
  } catch {
    return ''; // RangeError: Intl does not know the tag
  }
}

function baseOf(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? language;
}

/** Voices of exactly the preferred language first, then by name. */
function byFit(language: string): (a: Voice, b: Voice) => number {
  const fits = (voice: Voice): number => Number(voice.language.toLowerCase() === language.toLowerCase());
  return (a, b) => fits(b) - fits(a) || compare(a.name, b.name) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}
