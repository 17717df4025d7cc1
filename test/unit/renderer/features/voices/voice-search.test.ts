import { describe, expect, test } from 'vitest';
import type { Voice } from '../../../../../protocol/model/voice.ts';
import {
  describe as describeVoice,
  groupVoices,
  indexVoices,
} from '../../../../../renderer/features/voices/voice-search.ts';
import { MANY_VOICES } from '../../../../helpers/many-voices.ts';

const voice = (id: string, name: string, language: string, gender: Voice['gender'] = 'male'): Voice => ({
  id,
  name,
  language,
  gender,
  engine: 'espeak',
});
const VOICES = [
  voice('v:hy', 'Armenian', 'hy'),
  voice('v:en-gb', 'Alba', 'en-GB', 'female'),
  voice('v:en-us', 'Bruno', 'en-US'),
  voice('v:de', 'Thorsten', 'de-DE'),
  voice('v:pt', 'Inês', 'pt-PT', 'female'),
];
const index = indexVoices(VOICES);
const preferred = { recentIds: [], language: 'en-US' };
const idsOf = (query: string, options = preferred): string[] =>
  groupVoices(index, query, options).flatMap((group) => group.voices.map(({ id }) => id));

describe('groupVoices', () => {
  test.each([
    ['a name', 'thor', ['v:de']],
    ['a language in English', 'german', ['v:de']],
    ['a language in its own words', 'Deutsch', ['v:de']],
    ['a tag', 'pt-PT', ['v:pt']],
    ['a country', 'kingdom', ['v:en-gb']],
    ['a gender, which is not found inside another', 'male', ['v:en-us', 'v:hy', 'v:de']],
    ['a name without its accents', 'ines', ['v:pt']],
    ['several words, all of which must occur', 'english female', ['v:en-gb']],
    ['the beginning of a word only', 'en', ['v:en-us', 'v:en-gb']],
    ['nothing that there is', 'klingon', []],
  ])('finds by %s', (_, query, ids) => {
    expect(idsOf(query)).toEqual(ids);
  });

  test('puts the recent voices first, in their order, and nobody twice', () => {
    const recentIds = ['v:de', 'gone', 'v:en-gb'];
    const groups = groupVoices(index, '', { recentIds, language: 'en-US' });

    expect(groups[0]).toMatchObject({ title: 'Recent', voices: [{ id: 'v:de' }, { id: 'v:en-gb' }] });
    expect(groups.flatMap((group) => group.voices)).toHaveLength(VOICES.length);
  });

  test('then the language of the system, with its very own voices first, then the others by name', () => {
    const groups = groupVoices(index, '', { recentIds: [], language: 'en-US' });

    expect(groups.map(({ title }) => title)).toEqual(['English', 'Armenian', 'German', 'Portuguese']);
    expect(groups[0]?.voices.map(({ id }) => id)).toEqual(['v:en-us', 'v:en-gb']);
  });

  test('calls a language without a name as its voice is called, never by a code', () => {
    const groups = groupVoices(indexVoices([voice('v:qqq', 'Quenya', 'qqq')]), '', preferred);

    expect(groups.map(({ title }) => title)).toEqual(['Quenya']);
  });

  test('loses no voice of a long list', () => {
    const groups = groupVoices(indexVoices(MANY_VOICES), '', preferred);

    expect(groups.flatMap((group) => group.voices)).toHaveLength(MANY_VOICES.length);
  });
});

test('says gender and engine, and no gender that is not known', () => {
  expect(describeVoice(voice('v:x', 'X', 'en', 'female'))).toBe('Female · eSpeak NG');
  expect(describeVoice(voice('v:x', 'X', 'en', 'unknown'))).toBe('eSpeak NG');
});
