import { describe, expect, it } from 'vitest';
import type { Synthesis } from '../../../../native-host/engines/engine.ts';
import { createSpeechModule } from '../../../../native-host/speech/speech-module.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';
import { errorOf } from '../../../helpers/error-of.ts';
import { createFakeEngineCall } from '../../../helpers/fake-engine-call.ts';
import { stubEngine } from '../../../helpers/stub-engine.ts';

const params = { text: '<b>one</b>', voiceId: 'scripted:de', prosody: DEFAULT_PROSODY, initialCreditBytes: 0 };

describe('the speech module', () => {
  it('refuses markup that its engine would speak instead of reading', async () => {
    const { handlers } = createSpeechModule(stubEngine(() => {}));
    const call = createFakeEngineCall<never>().call;
    const speaking = Promise.resolve(handlers['utterance.speak']({ ...params, markup: 'ssml' }, call));
    expect(await errorOf(speaking)).toMatchObject({ code: 'refused', details: { reason: 'markup' } });
  });

  it('hands over markup that the engine reads', async () => {
    const spoken: Synthesis[] = [];
    const engine = {
      ...stubEngine(() => {}),
      markups: ['ssml'] as const,
      synthesize: (s: Synthesis) => void spoken.push(s),
    };
    const { handlers } = createSpeechModule(engine);
    await handlers['utterance.speak']({ ...params, markup: 'ssml' }, createFakeEngineCall<never>().call);
    expect(spoken).toMatchObject([{ text: '<b>one</b>', markup: 'ssml' }]);
  });

  it('lists what the engine cannot use beside what it can', () => {
    const old = { name: 'Old', engine: 'scripted' as const, reason: 'It is too old.' };
    const list = (engine: ReturnType<typeof stubEngine>) =>
      createSpeechModule(engine).handlers['voices.list']({}, createFakeEngineCall<never>().call);
    expect(list(stubEngine(() => {}))).toEqual({ voices: [], unusable: [] });
    expect(list({ ...stubEngine(() => {}), listUnusable: () => [old] })).toEqual({ voices: [], unusable: [old] });
  });
});
