import type { UnusableVoice, Voice } from '../../../protocol/model/voice.ts';
import type { RawVoice } from './bridge.ts';

const MAX_ID_CHARS = 200;

/** The two collections that every Windows has; a token elsewhere, such as one of this user only, keeps its whole path. */
const SHORTER: readonly [RegExp, string][] = [
  [/^HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Speech\\Voices\\Tokens\\/i, ''],
  [/^HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Speech_OneCore\\Voices\\Tokens\\/i, 'onecore/'],
];
const MAX_NAME_CHARS = 200;

const ages: readonly string[] = ['child', 'teen', 'adult', 'senior'];
const genders: readonly string[] = ['female', 'male', 'neutral'];

/** A voice that SAPI can speak with, and the token to speak with it. */
export interface SapiVoice {
  readonly tokenId: string;
  readonly voice: Voice;
}

/** By the id that Aside knows them by, in SAPI's order. A token that makes no sense hides only itself. */
export function usableVoices(raw: readonly RawVoice[]): Map<string, SapiVoice> {
  const usable = raw
    .filter(({ source }) => source !== '32-bit')
    .map((token): SapiVoice => ({ tokenId: token.id, voice: toVoice(token) }))
    .filter(({ voice }) => voice.id.length <= MAX_ID_CHARS && voice.name !== '');
  return new Map(usable.map((found) => [found.voice.id, found]));
}

/** Those that are installed, but for 32-bit programs: a 64-bit process cannot load them. */
export function unusableVoices(raw: readonly RawVoice[]): UnusableVoice[] {
  return raw
    .filter(({ source }) => source === '32-bit')
    .map(({ name, id }) => ({
      name: clip(name) || clip(id) || 'a voice without a name',
      engine: 'sapi',
      reason: 'It is made for 32-bit programs, and Aside is a 64-bit program. Ask its maker for a 64-bit version.',
    }));
}

function toVoice({ id, name, source, language, gender, age, vendor }: RawVoice): Voice {
  const lowerGender = gender?.toLowerCase() ?? '';
  const lowerAge = age?.toLowerCase() ?? '';
  return {
    id: toVoiceId(id),
    name: clip(name) || clip(id),
    language: language || 'und',
    gender: genders.includes(lowerGender) ? (lowerGender as Voice['gender']) : 'unknown',
    engine: 'sapi',
    source: source === 'onecore' ? 'onecore' : 'sapi',
    ...(ages.includes(lowerAge) && { age: lowerAge as Exclude<Voice['age'], undefined> }),
    ...(vendor?.trim() && { vendor: clip(vendor) }),
  };
}

function toVoiceId(tokenId: string): string {
  const [start, shorter = ''] = SHORTER.find(([pattern]) => pattern.test(tokenId)) ?? [/^/];
  return `sapi:${tokenId.replace(start, shorter)}`;
}

function clip(text: string): string {
  return text.trim().slice(0, MAX_NAME_CHARS);
}
