import { describe, expect, it } from 'vitest';
import type { PlayItem } from '../../../../protocol/model/play.ts';
import { GapWatch } from '../../../bench/crash/gap-watch.ts';

const range = { charIndex: 0, charLength: 1 };
const began = (segment: number): PlayItem => ({
  ...{ kind: 'segment', generation: 0, segment },
  ...{ range, sentences: [range], voiceId: 'espeak:gmw/en-US' },
});
const audio = (segment: number): PlayItem => ({
  ...{ kind: 'audio', generation: 0, segment },
  ...{ sampleRateHz: 22_050, pcm: new Uint8Array(2) },
});
const retry = (segment: number): PlayItem => ({
  ...{ kind: 'retry', generation: 0, segment },
  error: { code: 'internal', message: '', remedy: '', details: {} },
});

/** Feeds items at 1 ms, 2 ms, …; the kill comes after the first. */
function watch(...items: PlayItem[]): GapWatch {
  const gaps = new GapWatch();
  for (const [index, item] of items.entries()) {
    gaps.sees(item, index + 1);
    if (index === 0) gaps.killed(1);
  }
  return gaps;
}

describe('GapWatch', () => {
  it('ends the gap with the first audio after the retry, not with what the dead host had sent', () => {
    const gaps = watch(began(3), audio(3), audio(3), retry(3), audio(3), audio(3));
    expect(gaps.gapsMs).toEqual([4]);
    expect([...gaps.brokenSegments]).toEqual([3]);
  });

  it('ends the gap with the next segment when the kill came too late to break one', () => {
    const gaps = watch(began(3), audio(3), began(4), audio(4));
    expect(gaps.gapsMs).toEqual([3]);
    expect(gaps.brokenSegments.size).toBe(0);
  });

  it('leaves the gap open until then', () => {
    const gaps = watch(began(3), audio(3), retry(3));
    expect(gaps.isOpen).toBe(true);
    expect(gaps.gapsMs).toEqual([]);
  });

  it('measures nothing without a kill', () => {
    const gaps = new GapWatch();
    expect([began(0), audio(0), began(1), audio(1)].map((item, index) => gaps.sees(item, index))).not.toContain(true);
    expect(gaps.gapsMs).toEqual([]);
  });
});
