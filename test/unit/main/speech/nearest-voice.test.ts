import { describe, expect, it } from 'vitest';
import { bestVoice } from '../../../../main/speech/nearest-voice.ts';
import type { Voice } from '../../../../protocol/model/voice.ts';

const voice = (language: string): Voice => ({
  id: `espeak:${language}`,
  name: language,
  language,
  gender: 'unknown',
  engine: 'espeak',
});
const VOICES = [voice('af'), voice('de'), voice('en-029'), voice('en-GB'), voice('en-US'), voice('pt-BR')];

describe('bestVoice', () => {
  it.each([
    ['en-US', 'en-US'],
    ['de-AT', 'de'],
    ['pt', 'pt-BR'],
    ['EN-us', 'en-US'],
    ['en-AU', 'en-US'],
    ['tlh', 'en-US'],
    ['not a tag', 'en-US'],
  ])('for %s is %s', (wanted, found) => {
    expect(bestVoice(VOICES, wanted)?.language).toBe(found);
  });

  it('is the first when there is nothing near', () => {
    expect(bestVoice([voice('af'), voice('de')], 'ja')?.language).toBe('af');
  });
});
