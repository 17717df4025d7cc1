import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadScripted } from '../../../../../native-host/engines/scripted/load-scripted.ts';
import { Voice } from '../../../../../protocol/model/voice.ts';

afterEach(() => void vi.unstubAllEnvs());

describe('loadScripted', () => {
  it('has voices as the contract wants them, several languages and each gender', async () => {
    const voices = (await loadScripted()).listVoices();
    for (const voice of voices) expect(Voice.parse(voice)).toEqual(voice);
    expect(new Set(voices.map(({ id }) => id)).size).toBe(voices.length);
    expect(new Set(voices.map(({ language }) => language)).size).toBeGreaterThan(3);
    expect(new Set(voices.map(({ gender }) => gender))).toEqual(new Set(['female', 'male', 'neutral', 'unknown']));
  });

  it('does not load when the environment says so', async () => {
    vi.stubEnv('ASIDE_SCRIPTED_LOAD', 'fail');
    await expect(loadScripted()).rejects.toMatchObject({
      code: 'engine-unavailable',
      details: { engine: 'scripted' },
      remedy: expect.stringContaining('ASIDE_SCRIPTED_LOAD'),
    });
  });
});
