import { describe, expect, it } from 'vitest';
import { bestVoice } from '../../../../main/speech/nearest-voice.ts';
import { voiceOf } from '../../../helpers/voice-of.ts';

const VOICES = [voiceOf('af'), voiceOf('de'), voiceOf('en-029'), voiceOf('en-GB'), voiceOf('en-US'), voiceOf('pt-BR')];

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
    expect(bestVoice([voiceOf('af'), voiceOf('de')], 'ja')?.language).toBe('af');
  });
});
