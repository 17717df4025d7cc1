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
  voice('gmw/de', 'de', 'German'),
  voice('gmw/en', 'en-GB', 'English (Great Britain)'),
  voice('gmw/en-US', 'en-US', 'English (America)'),
];

describe('pickVoice', () => {
  it.each([
    ['espeak:gmw/de', 'espeak:gmw/de'],
    ['gmw/en-US', 'espeak:gmw/en-US'],
    ['EN-gb', 'espeak:gmw/en'],
    ['german', 'espeak:gmw/de'],
    ['en', 'espeak:gmw/en'],
    ['america', 'espeak:gmw/en-US'],
    [undefined, 'espeak:gmw/en-US'],
  ])('takes %s for %s', (wish, id) => {
    expect(pickVoice(VOICES, wish, 'en-US').id).toBe(id);
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
