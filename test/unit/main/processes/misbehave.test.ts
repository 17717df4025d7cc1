import { describe, expect, it } from 'vitest';
import { createMisbehaviours } from '../../../../main/processes/misbehave.ts';
import type { Engines } from '../../../../main/speech/engines.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { Misbehaviour } from '../../../../protocol/model/processes.ts';
import type { Voice } from '../../../../protocol/model/voice.ts';
import { voice } from '../../../fixtures/contracts/model-samples.ts';
import { errorOf } from '../../../helpers/error-of.ts';
import { createFakePool, type FakeAnswer } from '../../../helpers/fake-pool.ts';

/** What the hosts really do is seen in test/integration/processes. */
function create(isDeveloper: boolean, answer: FakeAnswer = async () => ({}), voices: Voice[] = [voice]) {
  const pool = createFakePool({ 'utterance.speak': answer });
  const engines = {
    voices: {
      list: async () => ({ voices, problems: [], unusable: [] }),
      resolve: () => Promise.reject(new Error('not asked')),
    },
    poolOf: () => pool,
  } satisfies Pick<Engines, 'voices' | 'poolOf'>;
  return { pool, misbehaviours: createMisbehaviours(engines, isDeveloper) };
}

const { signal } = new AbortController();

describe.each(Misbehaviour.options)('%s', (how) => {
  it('is refused where there are no developers, and reaches no host', async () => {
    const { pool, misbehaviours } = create(false);
    const error = await errorOf(misbehaviours.run(how, signal));
    expect([error.code, error.details]).toEqual(['refused', { reason: 'no-developer' }]);
    expect(pool.calls).toEqual([]);
  });

  it('is a text for the scripted engine', async () => {
    const { pool, misbehaviours } = create(true);
    expect(await misbehaviours.run(how, signal)).toEqual({ pid: 4_001, error: null });
    expect(pool.calls).toMatchObject([
      { method: 'utterance.speak', params: { voiceId: voice.id, text: expect.stringContaining('{{') } },
    ]);
  });
});

it('is never spoken by another engine', async () => {
  const { pool, misbehaviours } = create(true, undefined, [{ ...voice, engine: 'espeak' }]);
  expect((await errorOf(misbehaviours.run('hang', signal))).details).toEqual({ reason: 'no-scripted-voice' });
  expect(pool.calls).toEqual([]);
});

it('ends with what the caller of the host got', async () => {
  const error = new AsideError('queue-full', 'no room', { details: { request: 'x', limit: 1 } });
  const { misbehaviours } = create(true, () => Promise.reject(error));
  expect(await misbehaviours.run('crash', signal)).toMatchObject({ pid: 4_001, error: { code: 'queue-full' } });
});

it('is refused while four are under way', async () => {
  const ends: (() => void)[] = [];
  const { misbehaviours } = create(true, () => new Promise((resolve) => ends.push(() => resolve({}))));
  const first = misbehaviours.run('block', signal);
  const running = [first, ...Array.from({ length: 3 }, () => misbehaviours.run('block', signal))];
  expect((await errorOf(misbehaviours.run('block', signal))).details).toEqual({ reason: 'too-many' });
  for (const end of ends) end();
  await Promise.all(running);
  const next = misbehaviours.run('block', signal);
  await Promise.resolve();
  ends[4]?.();
  expect(await next).toMatchObject({ error: null });
});
