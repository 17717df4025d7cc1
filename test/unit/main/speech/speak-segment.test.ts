import { describe, expect, it } from 'vitest';
import { CreditGate } from '../../../../main/speech/credit-gate.ts';
import type { Segment } from '../../../../main/speech/segments.ts';
import { speakSegment } from '../../../../main/speech/speak-segment.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';
import { createFakePool, type FakeAnswer } from '../../../helpers/fake-pool.ts';

const TEXT = 'Before. Hello world. After.';
const SEGMENT: Segment = {
  index: 1,
  charIndex: 8,
  charLength: 13,
  sentences: [{ charIndex: 8, charLength: 13 }],
};
const RATE = 22_050;
const word = (charIndex: number, atMs: number) => ({ kind: 'word' as const, charIndex, charLength: 5, atMs });
const pcm = (...values: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(values);
const killed = new AsideError('host-exited', 'killed', {
  details: { pid: 1, exitCode: null, signal: 'SIGKILL', request: null, stderrTail: [] },
});

function speak(answers: FakeAnswer[], credit = 100) {
  const pool = createFakePool({ 'utterance.speak': (call) => answers.shift()?.(call) });
  const gate = new CreditGate(credit);
  const heard = { bytes: [] as number[], words: [] as number[], retries: 0 };
  const done = speakSegment(
    {
      pool,
      text: TEXT,
      segment: SEGMENT,
      voiceId: 'v',
      prosody: DEFAULT_PROSODY,
      gate,
      signal: new AbortController().signal,
    },
    {
      audio: (bytes) => heard.bytes.push(...bytes),
      boundaries: (boundaries) => heard.words.push(...boundaries.map(({ charIndex }) => charIndex)),
      retry: () => {
        heard.retries += 1;
      },
    },
  );
  return { done, pool, gate, heard };
}

const answer = { sampleRateHz: RATE, audioBytes: 6 };

describe('speakSegment', () => {
  it('sends the text of the segment and moves positions into the whole text', async () => {
    const { done, pool, heard } = speak([
      async ({ progress }) => {
        progress({ kind: 'boundaries', boundaries: [word(0, 0), word(6, 10)] });
        progress({ kind: 'audio', sampleRateHz: RATE, pcm: pcm(1, 2, 3, 4) });
        return answer;
      },
    ]);
    await done;
    expect(pool.calls[0]?.params).toMatchObject({ text: 'Hello world. ', initialCreditBytes: 100 });
    expect(heard).toEqual({ bytes: [1, 2, 3, 4], words: [8, 14], retries: 0 });
  });

  it('goes on after a death where the listener was, without repeating or losing anything', async () => {
    const { done, pool, gate, heard } = speak([
      async ({ progress }) => {
        progress({ kind: 'boundaries', boundaries: [word(0, 0)] });
        progress({ kind: 'audio', sampleRateHz: RATE, pcm: pcm(1, 2) });
        throw killed;
      },
      async ({ progress }) => {
        progress({ kind: 'boundaries', boundaries: [word(0, 0), word(6, 10)] });
        progress({ kind: 'audio', sampleRateHz: RATE, pcm: pcm(1, 2, 3, 4) });
        progress({ kind: 'audio', sampleRateHz: RATE, pcm: pcm(5, 6) });
        return answer;
      },
    ]);
    await done;
    expect(heard).toEqual({ bytes: [1, 2, 3, 4, 5, 6], words: [8, 14], retries: 1 });
    expect(pool.calls[1]?.params).toMatchObject({ initialCreditBytes: 100 - 2 + 2 });
    expect(gate.availableBytes).toBe(94);
  });

  it('starts no request before there is credit, and passes later credit on', async () => {
    const { done, pool, gate } = speak(
      [
        async ({ nextCredit, progress }) => {
          const granted = await nextCredit();
          progress({ kind: 'audio', sampleRateHz: RATE, pcm: pcm(...new Array<number>(granted).fill(7)) });
          return answer;
        },
      ],
      0,
    );
    expect(pool.calls).toEqual([]);
    gate.grant(4);
    await Promise.resolve();
    await new Promise(setImmediate);
    expect(pool.calls[0]?.params).toMatchObject({ initialCreditBytes: 4 });
    gate.grant(2);
    await done;
    expect(gate.availableBytes).toBe(4);
  });
});
