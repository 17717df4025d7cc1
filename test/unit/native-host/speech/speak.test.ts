import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speak } from '../../../../native-host/speech/speak.ts';
import type { Progress } from '../../../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../../../protocol/contract/host-contract.ts';
import { MAX_PCM_BYTES } from '../../../../protocol/model/pcm.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';
import { createFakeEngineCall } from '../../../helpers/fake-engine-call.ts';
import { countingSamples, stubEngine, ways, word } from '../../../helpers/stub-engine.ts';

type Item = Progress<HostContract, 'utterance.speak'>;

function params(initialCreditBytes: number) {
  return { text: 'a text', voiceId: 'scripted:de', prosody: DEFAULT_PROSODY, initialCreditBytes };
}

const PLENTY = 2 ** 40;

function samplesIn(items: readonly Item[]): number[] {
  return items.flatMap((item) => (item.kind === 'audio' ? [...new Int16Array(item.pcm.buffer)] : []));
}

describe.each(ways)('speak with %s', (_, give) => {
  it('hands the engine text, voice and prosody, and nothing of the transport', async () => {
    let got: unknown;
    const engine = {
      ...stubEngine(() => {}),
      synthesize: (synthesis: unknown) => {
        got = synthesis;
      },
    };
    await speak(engine, params(0), createFakeEngineCall<Item>().call);
    expect(got).toEqual({ text: 'a text', voiceId: 'scripted:de', prosody: DEFAULT_PROSODY });
  });

  it('sends what the engine makes, sample by sample, whatever the credit comes in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }),
        fc.integer({ min: 0, max: 200 }),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 }),
        async (pieces, initialCreditBytes, grants) => {
          let turn = 0;
          let grantedBytes = initialCreditBytes;
          const { call, items } = createFakeEngineCall<Item>((control) => {
            const bytes = grants[turn++ % grants.length] ?? 1;
            grantedBytes += bytes;
            control.grant(bytes);
          });
          let sentBytes = 0;
          const watched = {
            ...call,
            progress: (item: Item, transfer?: readonly ArrayBuffer[]) => {
              if (item.kind === 'audio') sentBytes += item.pcm.byteLength;
              expect(sentBytes).toBeLessThanOrEqual(grantedBytes);
              call.progress(item, transfer);
            },
          };
          let made = 0;
          const engine = stubEngine(async (sink) => {
            for (const length of pieces) {
              expect(await give(sink, countingSamples(length, made))).toBe(true);
              made += length;
            }
          });
          const result = await speak(engine, params(initialCreditBytes), watched);
          expect(samplesIn(items)).toEqual([...countingSamples(made)]);
          expect(result).toEqual({ sampleRateHz: 1_000, audioBytes: made * 2 });
        },
      ),
    );
  });

  it('copies, so that the engine may use its buffer again', async () => {
    const { call, items } = createFakeEngineCall<Item>();
    const buffer = countingSamples(10);
    const engine = stubEngine(async (sink) => {
      await give(sink, buffer);
      buffer.fill(7);
      await give(sink, buffer);
    });
    await speak(engine, params(PLENTY), call);
    expect(samplesIn(items)).toEqual([...countingSamples(10), ...new Array(10).fill(7)]);
  });

  it('cuts a piece that is larger than a message may be', async () => {
    const { call, items } = createFakeEngineCall<Item>();
    const engine = stubEngine(async (sink) => void (await give(sink, new Int16Array(MAX_PCM_BYTES / 2 + 5))));
    await speak(engine, params(PLENTY), call);
    expect(items.map((item) => item.kind === 'audio' && item.pcm.byteLength)).toEqual([MAX_PCM_BYTES, 10]);
  });

  it('sends the boundaries of a piece together, before its audio', async () => {
    const { call, items } = createFakeEngineCall<Item>();
    const engine = stubEngine(async (sink) => {
      sink.boundary(word(0));
      sink.boundary(word(1));
      await give(sink, countingSamples(3));
      sink.boundary(word(2));
      await give(sink, countingSamples(3));
    });
    await speak(engine, params(PLENTY), call);
    expect(items.map((item) => (item.kind === 'audio' ? 'audio' : item.boundaries))).toEqual([
      [word(0), word(1)],
      'audio',
      [word(2)],
      'audio',
    ]);
  });

  it('sends boundaries before it waits for credit', async () => {
    const itemsWhenStarved: number[] = [];
    const { call, items } = createFakeEngineCall<Item>((control) => {
      itemsWhenStarved.push(items.length);
      control.abort();
    });
    const engine = stubEngine(async (sink) => {
      sink.boundary(word(0));
      await give(sink, countingSamples(3));
    });
    await speak(engine, params(0), call);
    expect(itemsWhenStarved).toEqual([1]);
  });

  it('sends boundaries that come after the last audio', async () => {
    const { call, items } = createFakeEngineCall<Item>();
    await speak(
      stubEngine((sink) => sink.boundary(word(4))),
      params(PLENTY),
      call,
    );
    expect(items).toEqual([{ kind: 'boundaries', boundaries: [word(4)] }]);
  });

  it('does not starve before it has something to send', async () => {
    const { call, starvedAt } = createFakeEngineCall<Item>();
    await speak(
      stubEngine(async (sink) => void (await give(sink, new Int16Array(0)))),
      params(0),
      call,
    );
    expect(starvedAt).toEqual([]);
  });

  it('tells the engine to stop when the call is aborted while it waits for credit', async () => {
    const { call } = createFakeEngineCall<Item>((control) => control.abort());
    let answer: boolean | undefined;
    const engine = stubEngine(async (sink) => {
      answer = await give(sink, countingSamples(3));
    });
    await speak(engine, params(0), call);
    expect(answer).toBe(false);
  });

  it('tells the engine to stop at every piece after an abort, and sends none of them', async () => {
    const { call, items, abort } = createFakeEngineCall<Item>();
    const answers: boolean[] = [];
    const engine = stubEngine(async (sink) => {
      answers.push(await give(sink, countingSamples(3)));
      abort();
      answers.push(await give(sink, countingSamples(3)), await give(sink, new Int16Array(0)));
    });
    await speak(engine, params(PLENTY), call);
    expect(answers).toEqual([true, false, false]);
    expect(items).toHaveLength(1);
  });

  it('rejects with what an engine that works asynchronously throws', async () => {
    const failure = new Error('no voice today');
    const { call } = createFakeEngineCall<Item>();
    await expect(
      speak(
        stubEngine(() => Promise.reject(failure)),
        params(0),
        call,
      ),
    ).rejects.toBe(failure);
  });

  it('says the rate of the voice with its audio and in the end', async () => {
    const { call, items } = createFakeEngineCall<Item>();
    const engine = stubEngine(async (sink) => {
      sink.sampleRate(16_000);
      await give(sink, countingSamples(2));
    });
    expect(await speak(engine, params(PLENTY), call)).toEqual({ sampleRateHz: 16_000, audioBytes: 4 });
    expect(items).toMatchObject([{ kind: 'audio', sampleRateHz: 16_000 }]);
  });

  it('tells an engine that waits at once when the call is aborted', async () => {
    const { call, abort } = createFakeEngineCall<Item>();
    const stops: number[] = [];
    const engine = stubEngine((sink) => {
      sink.onStop(() => stops.push(1));
      abort();
    });
    await speak(engine, params(0), call);
    expect(stops).toEqual([1]);
  });
});
