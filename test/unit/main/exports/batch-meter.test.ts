import { describe, expect, it } from 'vitest';
import { BatchMeter } from '../../../../main/exports/batch-meter.ts';

const [FIRST, SECOND, THIRD] = [
  { input: 'a.txt', out: 'a.wav', weight: 100, doneBefore: 0 },
  { input: 'b.txt', out: 'b.wav', weight: 300, doneBefore: 0 },
  { input: 'c.txt', out: 'c.wav', weight: 400, doneBefore: 0.5 },
] as const;

function meterOf(...items: ConstructorParameters<typeof BatchMeter>[0]) {
  const clock = { ms: 0 };
  return { clock, meter: new BatchMeter(items, () => clock.ms) };
}

const progress = (charsDone: number, charsTotal: number, remainingMs: number | null = null) => ({
  charsDone,
  charsTotal,
  audioMs: 0,
  timesRealTime: 0,
  remainingMs,
});

describe('BatchMeter', () => {
  it('tells of the first in order of those at work, and of all by their weights', () => {
    const { meter } = meterOf(FIRST, SECOND);
    expect(meter.read()).toEqual({ first: null, of: 2, share: 0, remainingMs: null });
    meter.begin('b.wav');
    meter.begin('a.wav');
    meter.at('a.wav', progress(5, 10, 700));
    meter.at('b.wav', progress(10, 30));
    expect(meter.read()).toEqual({
      first: { number: 1, item: FIRST, share: 0.5, remainingMs: 700 },
      of: 2,
      share: (50 + 100) / 400,
      remainingMs: null,
    });
    meter.end('a.wav', true);
    expect(meter.read()).toMatchObject({ first: { number: 2, item: SECOND }, share: (100 + 100) / 400 });
  });

  it('takes the rest to be as fast as what is done', () => {
    const { clock, meter } = meterOf(FIRST, SECOND);
    meter.begin('a.wav');
    clock.ms = 2_000;
    meter.end('a.wav', true);
    expect(meter.read().remainingMs).toBe(6_000);
  });

  it('counts what an earlier run has done as done, but as having taken no time', () => {
    const { clock, meter } = meterOf(FIRST, THIRD);
    expect(meter.read().share).toBe(200 / 500);
    meter.begin('a.wav');
    meter.resumed('a.wav', 0.5);
    meter.at('a.wav', progress(10, 10));
    clock.ms = 1_000;
    expect(meter.read()).toMatchObject({ share: 300 / 500, remainingMs: (1_000 / 50) * 200 });
  });

  it('leaves nothing to do of what failed', () => {
    const { meter } = meterOf(FIRST, SECOND);
    meter.begin('a.wav');
    meter.begin('b.wav');
    meter.at('b.wav', progress(10, 30));
    meter.end('b.wav', false);
    expect(meter.read().share).toBe(100 / 200);
    meter.end('a.wav', false);
    expect(meter.read()).toMatchObject({ first: null, share: 1 });
  });
});
