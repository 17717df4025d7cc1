import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadEspeak } from '../../../../../native-host/engines/espeak/load-espeak.ts';

const NOWHERE = '/nowhere/libespeak-ng.so';

afterEach(() => vi.unstubAllEnvs());

describe('loadEspeak', () => {
  it('loads the bundled build when told to', async () => {
    vi.stubEnv('ASIDE_ESPEAK', 'wasm');
    const engine = await loadEspeak();
    expect([engine.id, engine.sampleRateHz]).toEqual(['espeak', 22_050]);
  });

  it('loads the bundled build when there is no library', async () => {
    vi.stubEnv('ASIDE_ESPEAK', '');
    vi.stubEnv('ASIDE_ESPEAK_LIBRARY', NOWHERE);
    const engine = await loadEspeak();
    expect(engine.listVoices().map(({ id }) => id)).toContain('espeak:gmw/en-US');
  });

  it('says where it looked and how to install it when only the library will do', async () => {
    vi.stubEnv('ASIDE_ESPEAK', 'native');
    vi.stubEnv('ASIDE_ESPEAK_LIBRARY', NOWHERE);
    await expect(loadEspeak()).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining(NOWHERE),
      remedy: expect.stringContaining('ASIDE_ESPEAK_LIBRARY'),
      details: { engine: 'espeak' },
    });
  });

  it('rejects a build that there is not', async () => {
    vi.stubEnv('ASIDE_ESPEAK', 'nativ');
    await expect(loadEspeak()).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('"nativ"'),
      remedy: expect.stringContaining('native, wasm or auto'),
    });
  });
});
