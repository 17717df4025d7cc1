import { describe, expect, it } from 'vitest';
import { createVoiceCatalogue } from '../../../../main/speech/voices.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import type { EngineId } from '../../../../protocol/model/voice.ts';
import { createFakePool, type FakePool } from '../../../helpers/fake-pool.ts';
import { voiceOf } from '../../../helpers/voice-of.ts';

const VOICES = [voiceOf('af'), voiceOf('de'), voiceOf('en-029'), voiceOf('en-GB'), voiceOf('en-US'), voiceOf('pt-BR')];

function catalogue(pools: Partial<Record<EngineId, FakePool>>, language = 'en-US') {
  return createVoiceCatalogue(new Map(Object.entries(pools) as [EngineId, FakePool][]), language);
}

describe('createVoiceCatalogue', () => {
  it('asks again when somebody has ended the host that was asked', async () => {
    let asked = 0;
    const ended = new AsideError('host-exited', 'was ended on request', {
      details: { pid: 1, exitCode: null, signal: null, request: 'voices.list', stderrTail: [], onRequest: true },
    });
    const answer = async () => {
      asked += 1;
      if (asked < 3) throw ended;
      return { voices: VOICES };
    };
    const { list } = catalogue({ espeak: createFakePool({ 'voices.list': answer }) });
    expect(await list()).toEqual({ voices: VOICES, problems: [], unusable: [] });
    expect(asked).toBe(3);
  });

  it('asks each engine once', async () => {
    const espeak = createFakePool({ 'voices.list': async () => ({ voices: VOICES }) });
    const { list } = catalogue({ espeak });
    await list();
    expect(await list()).toEqual({ voices: VOICES, problems: [], unusable: [] });
    expect(espeak.calls.length).toBe(1);
  });

  it('lists also what is installed and of no use', async () => {
    const unusable = [{ name: 'Old', engine: 'sapi', reason: 'It is old.' }];
    const sapi = createFakePool({ 'voices.list': async () => ({ voices: [], unusable }) });
    const espeak = createFakePool({ 'voices.list': async () => ({ voices: VOICES }) });
    expect(await catalogue({ sapi, espeak }).list()).toEqual({ voices: VOICES, problems: [], unusable });
  });

  it('tells why one engine is missing and lists the others', async () => {
    const broken = new AsideError('engine-unavailable', 'no library', {
      details: { engine: 'scripted' },
      remedy: 'install it',
    });
    const espeak = createFakePool({ 'voices.list': async () => ({ voices: VOICES }) });
    const scripted = createFakePool({ 'voices.list': () => Promise.reject(broken) });
    const { voices, problems } = await catalogue({ espeak, scripted }).list();
    expect(voices).toEqual(VOICES);
    expect(problems).toEqual([
      { code: 'engine-unavailable', message: 'no library', remedy: 'install it', details: { engine: 'scripted' } },
    ]);
  });

  it('rejects with the reason when no engine works, and asks again the next time', async () => {
    const broken = new AsideError('engine-unavailable', 'no library', { details: { engine: 'espeak' } });
    const answers = [() => Promise.reject(broken), async () => ({ voices: VOICES })];
    const espeak = createFakePool({ 'voices.list': () => (answers.shift() ?? answers[0])?.() });
    const { list } = catalogue({ espeak });
    await expect(list()).rejects.toBe(broken);
    expect((await list()).voices).toEqual(VOICES);
  });

  it('names the voice that is not there', async () => {
    const espeak = createFakePool({ 'voices.list': async () => ({ voices: VOICES }) });
    const failure = catalogue({ espeak }).resolve('espeak:gone');
    await expect(failure).rejects.toMatchObject({ code: 'voice-not-found', details: { voiceId: 'espeak:gone' } });
  });

  it('takes another voice of its language for one that is gone, by what is known of it, else by its id', async () => {
    const espeak = createFakePool({ 'voices.list': async () => ({ voices: VOICES }) });
    const { resolve } = catalogue({ espeak });
    expect((await resolve('sapi:Brian', { name: 'Brian', language: 'en-GB' })).id).toBe('espeak:en-GB');
    expect((await resolve('sapi:TTS_MS_DE-DE_HEDDA')).id).toBe('espeak:de');
    await expect(resolve('sapi:TTS_MS_JA-JP_HARUKA')).rejects.toMatchObject({ code: 'voice-not-found' });
  });

  it('takes the voice of the system language when none is wished', async () => {
    const espeak = createFakePool({ 'voices.list': async () => ({ voices: VOICES }) });
    expect((await catalogue({ espeak }, 'de-CH').resolve(null)).language).toBe('de');
  });
});
