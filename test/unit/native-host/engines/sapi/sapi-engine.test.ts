import { describe, expect, it } from 'vitest';
import type { Engine, SynthesisSink } from '../../../../../native-host/engines/engine.ts';
import {
  type OnBatch,
  type RawUtterance,
  type SapiBridge,
  SapiFailure,
} from '../../../../../native-host/engines/sapi/bridge.ts';
import { createSapiEngine } from '../../../../../native-host/engines/sapi/sapi-engine.ts';
import { createDeferred } from '../../../../../protocol/contract/deferred.ts';
import { DEFAULT_PROSODY } from '../../../../../protocol/model/prosody.ts';
import { errorOf } from '../../../../helpers/error-of.ts';
import { encodeBatch, pcm, type RawRecord, utf16 } from '../../../../helpers/sapi-records.ts';
import { sinkOf } from '../../../../helpers/sink-of.ts';

const VOICE = { id: 'X\\Tokens\\DAVID', name: 'David', source: 'sapi', language: 'en-US' } as const;
const END: RawRecord = { kind: 7 };
const STOPPED: RawRecord = { kind: 7, a: 1 };
const AUDIO: RawRecord = { kind: 1, a: 22_050, payload: pcm(new Int16Array([1, 2])) };
const FAILED: RawRecord = { kind: 6, a: -5, payload: utf16('SPERR_TTS_ENGINE_EXCEPTION\nit broke') };

/** An assembly that does what a test says, in place of C#. */
async function start(onSpeak: (utterance: RawUtterance, tell: (...records: RawRecord[]) => Promise<void>) => void) {
  const log: string[] = [];
  const deaths: string[] = [];
  const spoken: RawUtterance[] = [];
  let onBatch: OnBatch = async () => {};
  const bridge: SapiBridge = {
    voices: async () => [VOICE],
    speak: async (utterance) => {
      spoken.push(utterance);
      onSpeak(utterance, (...records) =>
        onBatch(encodeBatch(records.map((record) => ({ utterance: utterance.id, ...record })))),
      );
    },
    stop: async (id) => void log.push(`stop ${id}`),
    skip: async () => 0,
    stats: async () => ({ managedBytes: 0, isSpeaking: false, lastFailure: null }),
    close: async () => void log.push('close'),
  };
  const engine = await createSapiEngine(
    async (listener) => {
      onBatch = listener;
      return bridge;
    },
    (why) => deaths.push(why.message),
  );
  return { engine, log, deaths, spoken };
}

function speak(engine: Engine, sink: Partial<SynthesisSink>, text = 'One, two.', more = {}): Promise<void> {
  const whole = { ...sinkOf({ audio: () => true, boundary: () => {} }), ...sink };
  const synthesis = { text, voiceId: 'sapi:X\\Tokens\\DAVID', prosody: DEFAULT_PROSODY, ...more };
  return Promise.resolve(engine.synthesize(synthesis, whole));
}

describe('the engine sapi', () => {
  it("hands SAPI the text, the voice's token and its own scales", async () => {
    const { engine, spoken } = await start((_, tell) => void tell(END));
    await speak(engine, {}, 'a\0<b>', { prosody: { rate: 3, pitch: 0, volume: 49.7 } });
    await speak(engine, {}, '<b>', { prosody: { ...DEFAULT_PROSODY, pitch: -2 } });
    expect(spoken).toEqual([
      { id: 1, text: 'a <b>', markup: 'none', voiceId: 'X\\Tokens\\DAVID', rate: 10, volume: 50 },
      {
        id: 2,
        text: '<pitch absmiddle="-2">&lt;b&gt;</pitch>',
        markup: 'sapi',
        voiceId: 'X\\Tokens\\DAVID',
        rate: 0,
        volume: 100,
      },
    ]);
  });

  it('takes what comes to the sink in order, and waits for it before it takes the next', async () => {
    const order: string[] = [];
    const wanted = createDeferred<boolean>();
    const { engine } = await start(async (_, tell) => {
      await tell({ kind: 2, a: 0, b: 3, atMs: 5 }, AUDIO, { kind: 2, a: 5, b: 3, atMs: 9 });
      order.push('batch taken');
      await tell(END);
    });
    const done = speak(engine, {
      sampleRate: (hz) => order.push(`rate ${hz}`),
      audioLater: (samples) => {
        order.push(`audio ${samples.join()}`);
        return wanted.promise;
      },
      boundary: ({ kind, charIndex }) => order.push(`${kind} ${charIndex}`),
    });
    await new Promise((resolve) => setImmediate(resolve));
    order.push('wanted');
    wanted.resolve(true);
    await done;
    expect(order).toEqual(['word 0', 'rate 22050', 'audio 1,2', 'wanted', 'word 5', 'batch taken']);
  });

  it('tells SAPI to stop once when the sink wants no more, and is done when SAPI is', async () => {
    const told: number[] = [];
    const { engine, log } = await start(async (_, tell) => {
      await tell(AUDIO, AUDIO, AUDIO);
      await tell(STOPPED);
    });
    await speak(engine, { audioLater: async (samples) => told.push(samples.length) < 2 });
    expect(told).toHaveLength(2);
    expect(log).toEqual(['stop 1']);
  });

  it('tells SAPI to stop as soon as it hears so, whatever comes', async () => {
    const stop = createDeferred<() => void>();
    const { engine, log } = await start(async (_, tell) => {
      (await stop.promise)();
      await tell(AUDIO, STOPPED);
    });
    const heard: number[] = [];
    await speak(engine, { onStop: stop.resolve, audioLater: async () => heard.push(1) > 0 });
    expect(log).toEqual(['stop 1']);
    expect(heard).toEqual([]);
  });

  it('hears nothing of an utterance that is over', async () => {
    const { engine } = await start(
      (_, tell) => void tell({ ...AUDIO, utterance: 77 }, { ...FAILED, utterance: 0 }, END),
    );
    const heard: number[] = [];
    await speak(engine, { audioLater: async () => heard.push(1) > 0 });
    expect(heard).toEqual([]);
  });

  it('gives the text up with the name and the number of what went wrong, and the voice', async () => {
    const { engine } = await start((_, tell) => void tell(AUDIO, FAILED, END));
    expect(await errorOf(speak(engine, {}))).toMatchObject({
      code: 'synthesis',
      message: expect.stringMatching(/David.*it broke.*SPERR_TTS_ENGINE_EXCEPTION/),
      remedy: expect.stringContaining('another voice'),
      details: { engine: 'sapi', nativeCode: -5 },
    });
  });

  it('gives the text up when SAPI does not take it', async () => {
    const { engine } = await start(() => {
      throw new SapiFailure('SPERR_XML_BAD_SYNTAX', -6, 'ISpVoice.Speak failed');
    });
    expect(await errorOf(speak(engine, {}, '<b>', { markup: 'sapi' }))).toMatchObject({
      code: 'synthesis',
      remedy: expect.stringContaining('markup'),
      details: { nativeCode: -6 },
    });
  });

  it('ends with what the sink threw, the first of it, once SAPI has stopped', async () => {
    const failure = new Error('disk full');
    const { engine, log } = await start((_, tell) => void tell(AUDIO, { kind: 2, a: 0, b: 3 }, STOPPED));
    const fail = (): never => {
      throw failure;
    };
    await expect(speak(engine, { audioLater: async () => fail(), boundary: fail })).rejects.toBe(failure);
    expect(log).toEqual(['stop 1']);
    const { engine: other } = await start((_, tell) => void tell({ kind: 2, a: 0, b: 3 }, STOPPED));
    await expect(speak(other, { boundary: fail })).rejects.toBe(failure);
  });

  it('tells visemes only to those who want them', async () => {
    const { engine } = await start((_, tell) => void tell({ kind: 5, a: 4, b: 60 }, END));
    const kinds: string[] = [];
    const boundary: SynthesisSink['boundary'] = ({ kind }) => void kinds.push(kind);
    await speak(engine, { boundary });
    expect(kinds).toEqual([]);
    await speak(engine, { boundary }, 'One', { wantVisemes: true });
    expect(kinds).toEqual(['viseme']);
  });

  it.each(['', ' \n', '\0'])('asks SAPI for nothing where there is nothing to say: %j', async (text) => {
    const { engine, spoken } = await start((_, tell) => void tell(END));
    await speak(engine, {}, text);
    expect(spoken).toEqual([]);
  });

  it('names a voice that it does not have', async () => {
    const { engine } = await start(() => {});
    expect(await errorOf(speak(engine, {}, 'One', { voiceId: 'sapi:gone' }))).toMatchObject({
      code: 'voice-not-found',
      details: { voiceId: 'sapi:gone' },
    });
  });

  it("dies of its engine thread's death, and of a batch that makes no sense", async () => {
    const { engine, deaths } = await start(
      (_, tell) => void tell({ kind: 8, utterance: 0, payload: utf16('E_FAIL\nno handle') }, { kind: 42 }),
    );
    void speak(engine, {});
    await new Promise((resolve) => setImmediate(resolve));
    expect(deaths).toEqual([
      "SAPI's engine thread died: no handle (E_FAIL)",
      'Aside.Sapi.dll sent a record of unknown kind 42',
    ]);
  });
});
