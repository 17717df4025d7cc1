import { describe, expect, it } from 'vitest';
import type { RawVoice } from '../../../../../native-host/engines/sapi/bridge.ts';
import { unusableVoices, usableVoices } from '../../../../../native-host/engines/sapi/voices.ts';
import { UnusableVoice, Voice } from '../../../../../protocol/model/voice.ts';

const DESKTOP = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Speech\\Voices\\Tokens\\';
const ONECORE = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Speech_OneCore\\Voices\\Tokens\\';
const david: RawVoice = {
  id: `${DESKTOP}TTS_MS_EN-US_DAVID_11.0`,
  name: 'Microsoft David Desktop - English (United States)',
  source: 'sapi',
  language: 'en-US',
  gender: 'Male',
  age: 'Adult',
  vendor: 'Microsoft',
};

const only = (raw: RawVoice): Voice | undefined => [...usableVoices([raw]).values()][0]?.voice;

describe('the voices of SAPI', () => {
  it('are what their tokens say', () => {
    expect(only(david)).toEqual({
      id: 'sapi:TTS_MS_EN-US_DAVID_11.0',
      name: 'Microsoft David Desktop - English (United States)',
      language: 'en-US',
      gender: 'male',
      engine: 'sapi',
      source: 'sapi',
      age: 'adult',
      vendor: 'Microsoft',
    });
  });

  it('are found again by their token', () => {
    expect(usableVoices([david]).get('sapi:TTS_MS_EN-US_DAVID_11.0')?.tokenId).toBe(david.id);
  });

  it.each([
    [`${ONECORE}MSTTS_V110_enUS_MarkM`, 'sapi:onecore/MSTTS_V110_enUS_MarkM'],
    ['HKEY_CURRENT_USER\\Software\\X\\Tokens\\Mine', 'sapi:HKEY_CURRENT_USER\\Software\\X\\Tokens\\Mine'],
    ['hkey_local_machine\\software\\microsoft\\speech\\voices\\tokens\\Low', 'sapi:Low'],
  ])('of %s have the id %s', (id, expected) => {
    expect(only({ ...david, id })?.id).toBe(expected);
  });

  it('that tell nothing of themselves can still be used', () => {
    const bare: RawVoice = { id: `${DESKTOP}X`, name: '', source: 'sapi', language: null, gender: 'Robot', age: null };
    const voice = only(bare);
    expect(Voice.parse(voice)).toEqual(voice);
    expect(voice).toEqual({
      id: 'sapi:X',
      name: bare.id,
      language: 'und',
      gender: 'unknown',
      engine: 'sapi',
      source: 'sapi',
    });
  });

  it('that the contract cannot take hide only themselves', () => {
    const endless = { ...david, id: `HKEY_CURRENT_USER\\${'x'.repeat(300)}` };
    const wordy = { ...david, id: `${DESKTOP}Wordy`, name: 'n'.repeat(500), vendor: ' '.repeat(500) };
    const voices = [...usableVoices([endless, david, wordy]).values()].map(({ voice }) => voice);
    expect(voices.map(({ id }) => id)).toEqual(['sapi:TTS_MS_EN-US_DAVID_11.0', 'sapi:Wordy']);
    for (const voice of voices) expect(Voice.safeParse(voice).success).toBe(true);
  });

  it('for 32-bit programs are named with the reason, and cannot be chosen', () => {
    const old: RawVoice = { id: 'TTS_OLD', name: 'Old Voice', source: '32-bit' };
    expect(usableVoices([old]).size).toBe(0);
    const [found] = unusableVoices([david, old]);
    expect(UnusableVoice.parse(found)).toEqual({
      name: 'Old Voice',
      engine: 'sapi',
      reason: expect.stringContaining('32-bit'),
    });
  });
});
