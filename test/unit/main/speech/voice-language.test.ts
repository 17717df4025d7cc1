import { describe, expect, it } from 'vitest';
import { languageOfVoiceId } from '../../../../main/speech/voice-language.ts';

describe('languageOfVoiceId', () => {
  it.each([
    ['sapi:TTS_MS_EN-US_DAVID_11.0', 'en-US'],
    ['sapi:onecore/MSTTS_V110_deDE_KatjaM', 'de-DE'],
    ['espeak:gmw/de', 'de'],
    ['espeak:gmw/en-029', 'en'],
    ['espeak:gmw/en-GB-x-rp', 'en-GB'],
    ['espeak:roa/pt-br', 'pt-BR'],
    ['espeak:sit/cmn-latn-pinyin', 'zh'],
    ['scripted:en-us-high', 'en-US'],
    ['sapi:TTS_DAVID', null],
    ['sapi:IVONA 2 Brian22', null],
    ['sapi:VW-Paul', null],
    ['sapi:bob', null],
    ['espeak:gone', null],
    ['', null],
  ])('of %j is %j', (id, language) => {
    expect(languageOfVoiceId(id)).toBe(language);
  });
});
