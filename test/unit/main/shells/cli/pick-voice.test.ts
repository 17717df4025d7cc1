import { describe, expect, it } from 'vitest';
import { pickVoice } from '../../../../../main/shells/cli/pick-voice.ts';
import type { Voice } from '../../../../../protocol/model/voice.ts';

const voice = (id: string, language: string, name: string): Voice => ({
  id: `espeak:${id}`,
  language,
  name,
  gender: 'male',
  engine: 'espeak',
});
const VOICES = [
  voice('sit/cmn', 'zh', 'Chinese (Mandarin, latin as English)'),
  voice('gmw/de', 'de', 'German'),
  voice('gmw/en-029', 'en-029', 'English (Caribbean)'),
  voice('gmw/en', 'en-GB', 'English (Great Britain)'),
  voice('gmw/en-US', 'en-US', 'English (America)'),
];

describe('pickVoice', () => {
  it.each([
    ['espeak:gmw/de', 'espeak:gmw/de'],
    ['gmw/en-US', 'espeak:gmw/en-US'],
    ['EN-gb', 'espeak:gmw/en'],
    ['german', 'espeak:gmw/de'],
    ['en', 'espeak:gmw/en-US'],
    ['English', 'espeak:gmw/en-US'],
    ['de-DE', 'espeak:gmw/de'],
    ['de_AT', 'espeak:gmw/de'],
    ['mandarin', 'espeak:sit/cmn'],
    ['america', 'espeak:gmw/en-US'],
    [undefined, 'espeak:gmw/en-US'],
  ])('takes %s for %s', (wish, id) => {
    expect(pickVoice(VOICES, wish, 'en-US').voice.id).toBe(id);
  });

  it('takes of several accents that of the system', () => {
    expect(pickVoice(VOICES, 'English', 'en-GB').voice.id).toBe('espeak:gmw/en');
    expect(pickVoice(VOICES, 'en', 'de-DE').voice.id).toBe('espeak:gmw/en-US');
  });

  it.each([
    ['sapi:TTS_MS_DE-DE_HEDDA_11.0', 'espeak:gmw/de'],
    ['sapi:TTS_MS_EN-GB_HAZEL_11.0', 'espeak:gmw/en'],
    ['espeak:gmw/en-GB-x-rp', 'espeak:gmw/en'],
  ])('takes for %s, which is gone, another of its language, and says so', (wish, id) => {
    expect(pickVoice(VOICES, wish, 'en-US')).toMatchObject({ voice: { id }, isSubstitute: true });
    expect(pickVoice(VOICES, id, 'en-US').isSubstitute).toBe(false);
  });

  it.each(['sapi:TTS_MS_JA-JP_HARUKA_11.0', 'sapi:IVONA 2 Brian'])('takes none of another language for %s', (wish) => {
    expect(() => pickVoice(VOICES, wish, 'en-US')).toThrow(expect.objectContaining({ code: 'voice-not-found' }));
  });

  it.each(['', '  '])('does not take %j for the first voice there is', (wish) => {
    expect(() => pickVoice(VOICES, wish, 'en-US')).toThrow(expect.objectContaining({ code: 'voice-not-found' }));
  });

  it('takes no other accent for one that is not there, but names those that are', () => {
    expect(() => pickVoice(VOICES, 'en-AU', 'en-US')).toThrow(
      expect.objectContaining({
        remedy: expect.stringContaining('e.g. espeak:gmw/en-029, espeak:gmw/en, espeak:gmw/en-US'),
      }),
    );
  });

  it('names the wish and near voices when there is none', () => {
    expect(() => pickVoice(VOICES, 'gerbil', 'en-US')).toThrow(
      expect.objectContaining({
        code: 'voice-not-found',
        message: 'There is no voice "gerbil"',
        remedy: expect.stringContaining('espeak:gmw/de'),
      }),
    );
  });
});
