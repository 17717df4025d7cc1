import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../../../native-host/engines/load-engine.ts';

describe('loadEngine', () => {
  it('loads the engine of that id', async () => {
    const engine = await loadEngine('scripted');
    expect(engine.id).toBe('scripted');
    await engine.close();
  });

  it.each(['', 'nope', 'toString', '__proto__'])(
    'says of %j that there is no such engine, and which there are',
    async (id) => {
      await expect(loadEngine(id)).rejects.toMatchObject({
        code: 'engine-unavailable',
        message: expect.stringContaining(JSON.stringify(id)),
        remedy: 'Use one of: espeak, sapi, scripted.',
        details: { engine: id },
      });
    },
  );
});
