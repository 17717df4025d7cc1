import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from '../../../../native-host/speech/render.ts';
import type { Progress } from '../../../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../../../protocol/contract/host-contract.ts';
import type { Boundary } from '../../../../protocol/model/boundary.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';
import { wavHead } from '../../../../protocol/model/wav-head.ts';
import { createFakeEngineCall } from '../../../helpers/fake-engine-call.ts';
import { countingSamples, stubEngine, ways, word } from '../../../helpers/stub-engine.ts';

type Item = Progress<HostContract, 'utterance.render'>;

/** Linux has a disk that is always full. */
const itOnFullDisk = it.skipIf(!existsSync('/dev/full'));

let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-render-'));
  path = join(dir, 'audio.pcm');
  writeFileSync(path, '');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

function params(more: { path?: string; offsetBytes?: number; wantBoundaries?: boolean } = {}) {
  return {
    text: 'a text',
    voiceId: 'scripted:de',
    prosody: DEFAULT_PROSODY,
    path,
    offsetBytes: 0,
    wantBoundaries: false,
    ...more,
  };
}

/** Puts the clock that the render reads into the test's hands. */
function holdClock(): { passMs: (ms: number) => void } {
  let nowMs = 1_000;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  return {
    passMs: (ms) => {
      nowMs += ms;
    },
  };
}

describe.each(ways)('render with %s', (_, give) => {
  it('writes all samples from the offset on and says how many bytes that were', async () => {
    writeFileSync(path, Buffer.alloc(6, 1));
    const { call } = createFakeEngineCall<Item>();
    const engine = stubEngine(async (sink) => {
      await give(sink, countingSamples(3));
      await give(sink, countingSamples(4, 3));
    });
    const result = await render(engine, params({ offsetBytes: 4 }), call);
    const wanted = Buffer.concat([Buffer.alloc(4, 1), Buffer.from(countingSamples(7).buffer)]);
    expect(readFileSync(path).equals(wanted)).toBe(true);
    expect(result).toEqual({ sampleRateHz: 1_000, audioBytes: 14, words: 0 });
  });

  it('leaves the same file when it is done again', async () => {
    const engine = stubEngine(async (sink) => void (await give(sink, countingSamples(1_000))));
    await render(engine, params(), createFakeEngineCall<Item>().call);
    const once = readFileSync(path);
    await render(engine, params(), createFakeEngineCall<Item>().call);
    expect(readFileSync(path).equals(once)).toBe(true);
  });

  it('counts words and nothing else', async () => {
    const sentence: Boundary = { kind: 'sentence', charIndex: 0, charLength: 9, atMs: 0 };
    const engine = stubEngine((sink) => [sentence, word(0), word(2), sentence, word(5)].forEach(sink.boundary, sink));
    expect(await render(engine, params(), createFakeEngineCall<Item>().call)).toMatchObject({ words: 3 });
  });

  it('reports boundaries when they are wanted', async () => {
    const { call, items } = createFakeEngineCall<Item>();
    await render(
      stubEngine((sink) => sink.boundary(word(3))),
      params({ wantBoundaries: true }),
      call,
    );
    expect(items).toContainEqual({ kind: 'boundaries', boundaries: [word(3)] });
  });

  it('reports no boundaries when they are not wanted', async () => {
    const { call, items } = createFakeEngineCall<Item>();
    await render(
      stubEngine((sink) => sink.boundary(word(3))),
      params(),
      call,
    );
    expect(items).toEqual([]);
  });

  it('reports at most every 100 ms, and leaves the end to the result', async () => {
    const clock = holdClock();
    const { call, items } = createFakeEngineCall<Item>();
    const engine = stubEngine(async (sink) => {
      for (let i = 0; i < 25; i++) {
        clock.passMs(10);
        await give(sink, countingSamples(1));
      }
    });
    expect(await render(engine, params(), call)).toMatchObject({ audioBytes: 50 });
    expect(items).toEqual([10, 20].map((samples) => ({ kind: 'written', audioBytes: samples * 2 })));
  });

  it('has in the file what it reports', async () => {
    const clock = holdClock();
    const { call } = createFakeEngineCall<Item>();
    const seen: [number, number][] = [];
    const watched = {
      ...call,
      progress: (item: Item) => item.kind === 'written' && seen.push([item.audioBytes, readFileSync(path).length]),
    };
    const engine = stubEngine(async (sink) => {
      for (let i = 0; i < 4; i++) {
        clock.passMs(100);
        await give(sink, countingSamples(10));
      }
    });
    await render(engine, params(), watched);
    expect(seen).toEqual([20, 40, 60, 80].map((bytes) => [bytes, bytes]));
  });

  it('stops the engine when the call is aborted', async () => {
    const { call, abort } = createFakeEngineCall<Item>();
    const answers: boolean[] = [];
    const engine = stubEngine(async (sink) => {
      answers.push(await give(sink, countingSamples(1)));
      abort();
      answers.push(await give(sink, countingSamples(1)), await give(sink, new Int16Array(0)));
    });
    await render(engine, params(), call);
    expect(answers).toEqual([true, false, false]);
  });

  itOnFullDisk('stops the engine when the disk is full and rejects with that, not inside of the engine', async () => {
    let answer: boolean | undefined;
    const engine = stubEngine(async (sink) => {
      answer = await give(sink, new Int16Array(2_000_000));
      throw new Error('I was stopped');
    });
    await expect(
      render(engine, params({ path: '/dev/full' }), createFakeEngineCall<Item>().call),
    ).rejects.toMatchObject({
      code: 'file',
      details: { path: '/dev/full', reason: 'ENOSPC' },
    });
    expect(answer).toBe(false);
  });

  itOnFullDisk('rejects when the disk is full only for the last of the audio', async () => {
    const engine = stubEngine(async (sink) => void (await give(sink, countingSamples(1))));
    await expect(
      render(engine, params({ path: '/dev/full' }), createFakeEngineCall<Item>().call),
    ).rejects.toMatchObject({
      code: 'file',
      details: { reason: 'ENOSPC' },
    });
  });

  it('does not start the engine when the file is not there', async () => {
    const perform = vi.fn();
    const missing = join(dir, 'missing.pcm');
    await expect(
      render(stubEngine(perform), params({ path: missing }), createFakeEngineCall<Item>().call),
    ).rejects.toMatchObject({ code: 'file', details: { path: missing, reason: 'ENOENT' } });
    expect(perform).not.toHaveBeenCalled();
  });

  it('rejects with what the engine throws', async () => {
    const failure = new Error('no voice today');
    const engine = stubEngine(() => {
      throw failure;
    });
    await expect(render(engine, params(), createFakeEngineCall<Item>().call)).rejects.toBe(failure);
  });

  it('says the rate of the voice', async () => {
    const engine = stubEngine(async (sink) => {
      sink.sampleRate(16_000);
      await give(sink, countingSamples(2));
    });
    expect(await render(engine, params(), createFakeEngineCall<Item>().call)).toMatchObject({ sampleRateHz: 16_000 });
  });

  describe.each(['blocking', 'later'] as const)('a file of its own, %s', (fileCalls) => {
    const tags = { title: 'Überschrift', author: '', track: null, chapters: [] };
    const headOf = (sampleRateHz: number, audioBytes: number): Uint8Array =>
      wavHead({ tags, mayBeHuge: false, sampleRateHz, audioBytes }) ?? new Uint8Array();
    const own = () => {
      const folder = join(dir, 'own.wav.part');
      const mark = { path: join(folder, 'lock'), content: 'mine' };
      path = join(folder, 'audio');
      return {
        ...params({ path, offsetBytes: headOf(0, 0).length }),
        beginning: { folder, mark, notes: [] },
        wavHead: { tags, mayBeHuge: false },
      };
    };

    it('is made with its folder, and with the head of what was written', async () => {
      const engine = stubEngine(async (sink) => {
        sink.sampleRate(16_000);
        await give(sink, countingSamples(5));
      });
      await render(engine, own(), createFakeEngineCall<Item>().call, fileCalls);
      const wanted = Buffer.concat([headOf(16_000, 10), Buffer.from(countingSamples(5).buffer)]);
      expect(readFileSync(path).equals(wanted)).toBe(true);
    });

    it('begins anew when it is done again', async () => {
      const long = stubEngine(async (sink) => void (await give(sink, countingSamples(9))));
      const short = stubEngine(async (sink) => void (await give(sink, countingSamples(5))));
      await render(long, own(), createFakeEngineCall<Item>().call, fileCalls);
      await render(short, own(), createFakeEngineCall<Item>().call, fileCalls);
      const wanted = Buffer.concat([headOf(1_000, 10), Buffer.from(countingSamples(5).buffer)]);
      expect(readFileSync(path).equals(wanted)).toBe(true);
    });

    it('has no head where nothing can be heard', async () => {
      const silent = stubEngine(() => {});
      const { audioBytes } = await render(silent, own(), createFakeEngineCall<Item>().call, fileCalls);
      expect([audioBytes, readFileSync(path).byteLength]).toEqual([0, 0]);
    });

    it('is refused for a head of another length than was left for it', async () => {
      const engine = stubEngine(async (sink) => void (await give(sink, countingSamples(5))));
      const wrong = { ...own(), offsetBytes: 7 };
      await expect(render(engine, wrong, createFakeEngineCall<Item>().call, fileCalls)).rejects.toMatchObject({
        code: 'internal',
      });
    });
  });
});
