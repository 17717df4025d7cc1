import { describe, expect, it } from 'vitest';
import { Play } from '../../../../main/speech/play.ts';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import type { PlayItem, PlayParams } from '../../../../protocol/model/play.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';
import type { Voice } from '../../../../protocol/model/voice.ts';
import { createFakePool, type FakeAnswer } from '../../../helpers/fake-pool.ts';

const VOICE: Voice = { id: 'espeak:en', name: 'English', language: 'en', gender: 'unknown', engine: 'espeak' };
const TEXT = 'First one. Second one. Third one.\n\nFourth one. Fifth one.';
const speakAtOnce: FakeAnswer = async ({ params, progress }) => {
  const { length } = params.text as string;
  progress({ kind: 'audio', sampleRateHz: 22_050, pcm: new Uint8Array(length * 2) });
  return { sampleRateHz: 22_050, audioBytes: length * 2 };
};

function play(options: { params?: Partial<PlayParams>; speak?: FakeAnswer; resolveVoice?: () => Promise<Voice> } = {}) {
  const pool = createFakePool({ 'utterance.speak': options.speak ?? speakAtOnce });
  const items: PlayItem[] = [];
  let generation = 0;
  let over = createDeferred<void>();
  const started = new Play(
    {
      generation,
      creditBytes: 1_000_000,
      voiceId: null,
      prosody: DEFAULT_PROSODY,
      playId: 'p',
      text: TEXT,
      startIndex: 0,
      endIndex: TEXT.length,
      ...options.params,
    },
    {
      resolveVoice: options.resolveVoice ?? (async () => VOICE),
      poolOf: () => pool,
      emit: (item) => {
        items.push(item);
        if ((item.kind === 'end' || item.kind === 'failed') && item.generation === generation) over.resolve();
      },
    },
  );
  started.start();
  return {
    items,
    pool,
    play: started,
    /** Resolves at `end` or `failed` of the present generation. */
    over: () => over.promise,
    steer: (from: { charIndex: number; sentence: 'this' | 'next' | 'previous' | null }, creditBytes = 1_000_000) => {
      generation += 1;
      over = createDeferred<void>();
      return started.steer({ generation, creditBytes, voiceId: null, prosody: DEFAULT_PROSODY, playId: 'p', from });
    },
  };
}

const spokenTexts = (pool: { calls: { params: Record<string, unknown> }[] }): unknown[] =>
  pool.calls.map(({ params }) => params.text);

describe('Play', () => {
  it('speaks segment by segment to the end of the text', async () => {
    const { over, items, pool } = play();
    await over();
    expect(spokenTexts(pool).join('')).toBe(TEXT);
    expect(items.at(-1)).toEqual({ kind: 'end', generation: 0 });
    expect(items.filter(({ kind }) => kind === 'segment').length).toBe(pool.calls.length);
  });

  it('announces a segment, then its audio, then its end', async () => {
    const { over, items } = play({ params: { endIndex: 11 } });
    await over();
    expect(items.map(({ kind }) => kind)).toEqual(['segment', 'audio', 'segment-end', 'end']);
  });

  it('reads only the range that was asked for', async () => {
    const { over, pool } = play({ params: { startIndex: 11, endIndex: 22 } });
    await over();
    expect(spokenTexts(pool)).toEqual(['Second one.']);
  });

  it('does not speak ahead of its credit', async () => {
    const { items, play: playing, over } = play({ params: { creditBytes: 1, endIndex: 33 } });
    await new Promise(setImmediate);
    expect(items.filter(({ kind }) => kind === 'segment').length).toBe(1);
    playing.credit(1_000_000);
    await over();
    expect(items.filter(({ kind }) => kind === 'segment').length).toBe(2);
  });

  it.each([
    ['next', 12, 23],
    ['this', 15, 11],
    ['previous', 15, 0],
    ['previous', 3, 0],
    [null, 17, 17],
  ] as const)('steers to the %s sentence from %i', async (sentence, charIndex, expected) => {
    const { over, steer, items } = play();
    await over();
    expect(steer({ charIndex, sentence })).toEqual({ charIndex: expected });
    await over();
    const first = items.find((item) => item.kind === 'segment' && item.generation === 1);
    expect(first).toMatchObject({ segment: 0, range: { charIndex: expected } });
  });

  it('steers to the end after the last sentence', async () => {
    const { over, steer, items } = play();
    await over();
    expect(steer({ charIndex: TEXT.length - 1, sentence: 'next' })).toEqual({ charIndex: TEXT.length });
    await over();
    expect(items.at(-1)).toEqual({ kind: 'end', generation: 1 });
  });

  it('cancels what it was saying when it is steered, and sends no more of it', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const first = createDeferred<void>();
    const { over, steer, items } = play({
      speak: async (call) => {
        signals.push(call.signal);
        if (signals.length > 1) return speakAtOnce(call);
        first.resolve();
        await new Promise((resolve) => call.signal?.addEventListener('abort', resolve));
        call.progress({ kind: 'audio', sampleRateHz: 22_050, pcm: new Uint8Array(2) });
        throw new AsideError('request-cancelled', 'cancelled', { details: { request: 'utterance.speak' } });
      },
    });
    await first.promise;
    steer({ charIndex: 23, sentence: null });
    await over();
    expect(signals[0]?.aborted).toBe(true);
    expect(items.filter((item) => item.generation === 0).map(({ kind }) => kind)).toEqual(['segment']);
  });

  it('tells which text could not be spoken, and can be steered past it', async () => {
    const broken = new AsideError('synthesis', 'the engine said no', { details: { engine: 'espeak', nativeCode: 4 } });
    const { over, steer, items } = play({
      speak: (call) => ((call.params.text as string).startsWith('Second') ? Promise.reject(broken) : speakAtOnce(call)),
    });
    await over();
    expect(items.at(-1)).toMatchObject({ kind: 'failed', range: { charIndex: 11 }, error: { code: 'synthesis' } });
    steer({ charIndex: 35, sentence: null });
    await over();
    expect(items.at(-1)).toEqual({ kind: 'end', generation: 1 });
  });

  it('tells when there is no voice', async () => {
    const gone = new AsideError('voice-not-found', 'no such voice', { details: { voiceId: 'x' } });
    const { over, items } = play({ resolveVoice: () => Promise.reject(gone) });
    await over();
    expect(items).toMatchObject([{ kind: 'failed', error: { code: 'voice-not-found' } }]);
  });

  it('says nothing more once it is closed', async () => {
    const { play: playing, items } = play();
    playing.close();
    await new Promise(setImmediate);
    expect(items).toEqual([]);
  });
});
