import { describe, expect, it } from 'vitest';
import { type VoiceSetting, withChosenVoice } from '../../../../main/speech/chosen-voice.ts';
import { createVoiceCatalogue } from '../../../../main/speech/voices.ts';
import type { Voice } from '../../../../protocol/model/voice.ts';
import { createFakePool } from '../../../helpers/fake-pool.ts';

const german: Voice = { id: 'espeak:gmw/de', name: 'German', language: 'de', gender: 'male', engine: 'espeak' };
const gone = { voiceId: 'sapi:Hedda', voiceTraits: { name: 'Hedda', language: 'de-DE' } };

function chosen(setting: VoiceSetting) {
  const pool = createFakePool({ 'voices.list': async () => ({ voices: [german] }) });
  return withChosenVoice(createVoiceCatalogue(new Map([['espeak', pool]]), 'de'), () => setting);
}

describe('the voice of the settings', () => {
  it.each([
    { voiceId: null, voiceTraits: null },
    { voiceId: german.id, voiceTraits: null },
  ])('is not told of while it is here: %j', async (setting) => {
    expect(await chosen(setting).list()).toEqual({ voices: [german], problems: [], unusable: [] });
  });

  it('is told of with its substitute when it is gone, and the substitute speaks', async () => {
    const voices = chosen(gone);
    expect((await voices.list()).replacement).toEqual({
      voiceId: 'sapi:Hedda',
      name: 'Hedda',
      language: 'de-DE',
      substituteId: german.id,
    });
    expect(await voices.resolve('sapi:Hedda')).toEqual(german);
  });

  it('lends what is known of it to no other voice', async () => {
    await expect(chosen(gone).resolve('sapi:Brian')).rejects.toMatchObject({ code: 'voice-not-found' });
  });
});
