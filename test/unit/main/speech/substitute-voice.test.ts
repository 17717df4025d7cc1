import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseOf } from '../../../../main/speech/nearest-voice.ts';
import { replaceVoice } from '../../../../main/speech/substitute-voice.ts';
import { voiceOf } from '../../../helpers/voice-of.ts';

const TAGS = ['af', 'de-AT', 'de-DE', 'en-029', 'en-GB-x-rp', 'en-US', 'ja', 'pt-BR', 'zh'];
const VOICES = TAGS.map((tag) => voiceOf(tag));

/** The language of what takes the place of a voice that spoke `language`. */
function insteadOf(language: string, voices = VOICES): string | undefined {
  const { substituteId } = replaceVoice(voices, { id: 'sapi:gone', traits: { name: 'Gone', language } });
  return voices.find(({ id }) => id === substituteId)?.language;
}

describe('what takes the place of a voice that is gone', () => {
  it.each([
    ['de-AT', 'de-AT', 'the very same language'],
    ['DE-at', 'de-AT', 'whatever its case'],
    ['en-GB', 'en-GB-x-rp', 'the same region'],
    ['en-AU', 'en-US', 'else another region of that language, the one that most speak'],
    ['de', 'de-DE', 'the main region where none was said'],
    ['pt-PT', 'pt-BR', 'the only region that there is'],
    ['zh-TW', 'zh', 'a voice of no region'],
  ])('for %s is %s: %s', (language, substitute) => {
    expect(insteadOf(language)).toBe(substitute);
  });

  it.each(['fr-FR', 'und', 'not a tag', 'gmw'])('is none for %s, which no voice here speaks', (language) => {
    expect(insteadOf(language)).toBeUndefined();
  });

  it('is never of another language', () => {
    const tag = fc.constantFrom(...TAGS, 'fr', 'en-AU', 'de-CH', 'ja-JP', 'x', '', 'EN_gb');
    fc.assert(
      fc.property(tag, fc.shuffledSubarray(VOICES), (language, voices) => {
        const found = insteadOf(language, voices);
        expect(found === undefined || baseOf(found) === baseOf(language)).toBe(true);
      }),
    );
  });

  it('is told with name and language, and without a name by its id', () => {
    const traits = { name: 'Hedda', language: 'de-DE' };
    expect(replaceVoice(VOICES, { id: 'sapi:gone', traits })).toEqual({
      voiceId: 'sapi:gone',
      name: 'Hedda',
      language: 'de-DE',
      substituteId: 'espeak:de-DE',
    });
    expect(replaceVoice(VOICES, { id: 'sapi:TTS_MS_JA-JP_HARUKA_11.0' })).toEqual({
      voiceId: 'sapi:TTS_MS_JA-JP_HARUKA_11.0',
      name: 'sapi:TTS_MS_JA-JP_HARUKA_11.0',
      language: 'ja-JP',
      substituteId: 'espeak:ja',
    });
    expect(replaceVoice(VOICES, { id: 'sapi:Brian' })).toMatchObject({ language: null, substituteId: null });
  });
});
