import { describe, expect, it } from 'vitest';
import type { EspeakVoice } from '../../../../../native-host/engines/espeak/bindings.ts';
import { speakingVoices, toVoice } from '../../../../../native-host/engines/espeak/voices.ts';
import { Voice } from '../../../../../protocol/model/voice.ts';

const american: EspeakVoice = {
  identifier: 'gmw/en-US',
  name: 'English (America)',
  languages: ['en-us', 'en'],
  gender: 1,
};

describe('toVoice', () => {
  it('describes a voice as Aside does', () => {
    expect(toVoice(american)).toEqual({
      id: 'espeak:gmw/en-US',
      name: 'English (America)',
      language: 'en-US',
      gender: 'male',
      engine: 'espeak',
    });
  });

  it.each([
    ['en-gb', 'en-GB'],
    ['en-gb-scotland', 'en-GB-scotland'],
    ['en-029', 'en-029'],
    ['cmn', 'zh'],
    ['cmn-latn-pinyin', 'zh-Latn-pinyin'],
    ['yue', 'yue'],
    ['fa-latn', 'fa-Latn'],
    ['vi-vn-x-south', 'vi-VN-x-south'],
    ['fr-fr', 'fr-FR'],
  ])('writes the language %s as %s', (language, expected) => {
    expect(toVoice({ ...american, languages: [language] }).language).toBe(expected);
  });

  it.each([
    ['en-us-nyc', 'en-US'],
    ['chr-US-Qaaa-x-west', 'chr-US'],
    ['', 'und'],
    ['1', 'und'],
  ])('drops from the language %j what BCP-47 has no place for: %s', (language, expected) => {
    expect(toVoice({ ...american, languages: [language] }).language).toBe(expected);
  });

  it.each([
    ['ru-cl', 'ru'],
    ['ca-ba', 'ca-ES'],
    ['ca-va', 'ca-valencia'],
  ])('does not take the dialect in %s for a country', (language, expected) => {
    expect(toVoice({ ...american, languages: [language] }).language).toBe(expected);
  });

  it.each([
    [0, 'unknown'],
    [1, 'male'],
    [2, 'female'],
    [9, 'unknown'],
  ])('knows gender %i as %s', (gender, expected) => {
    expect(toVoice({ ...american, gender }).gender).toBe(expected);
  });

  it.each([
    ['Lang_Belta', 'Lang Belta'],
    ['Cherokee ', 'Cherokee'],
    ['', 'gmw/en-US'],
  ])('makes the name %j readable: %s', (name, expected) => {
    expect(toVoice({ ...american, name }).name).toBe(expected);
  });

  it('fits the contract also without a language and a name', () => {
    expect(Voice.safeParse(toVoice({ identifier: 'x', name: '', languages: [], gender: 0 })).success).toBe(true);
  });
});

describe('speakingVoices', () => {
  it('leaves out voices that need MBROLA', () => {
    const mbrola = { ...american, identifier: 'mb/mb-en1' };
    const mbrolaOnWindows = { ...american, identifier: 'mb\\mb-en1' };
    expect([...speakingVoices([mbrola, american, mbrolaOnWindows]).keys()]).toEqual(['espeak:gmw/en-US']);
  });

  it('gives a voice on Windows the same id, and keeps the identifier that its library knows', () => {
    const onWindows = { ...american, identifier: 'gmw\\en-US' };
    expect(speakingVoices([onWindows]).get('espeak:gmw/en-US')).toBe(onWindows);
  });

  it("keeps the library's order", () => {
    const identifiers = ['gmw/de', 'gmw/af', 'roa/fr'];
    const voices = identifiers.map((identifier) => ({ ...american, identifier }));
    expect([...speakingVoices(voices).values()]).toEqual(voices);
  });
});
