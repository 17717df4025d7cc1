import { describe, expect, it } from 'vitest';
import { charsInto, exportProgress } from '../../../../main/exports/export-progress.ts';

describe('exportProgress', () => {
  it('says nothing of speed and time left before it can know', () => {
    expect(exportProgress(10, 100, 2_000, 100)).toMatchObject({ timesRealTime: 0, remainingMs: null });
  });

  it('takes the rest to be as fast as what is done', () => {
    expect(exportProgress(25, 100, 60_000, 1_000)).toEqual({
      charsDone: 25,
      charsTotal: 100,
      audioMs: 60_000,
      timesRealTime: 60,
      remainingMs: 3_000,
    });
  });

  it('has nothing left at the end', () => {
    expect(exportProgress(100, 100, 60_000, 1_000).remainingMs).toBe(0);
  });
});

describe('charsInto', () => {
  const nothing = { chars: 0, audioMs: 0 };

  it('takes an average voice until something was measured, at its rate', () => {
    expect(charsInto(2_000, 6_200, nothing, 1)).toBe(100);
    expect(charsInto(2_000, 6_200, nothing, 2)).toBe(200);
  });

  it('learns from what was made', () => {
    expect(charsInto(2_000, 10_000, { chars: 100_000, audioMs: 10_000_000 }, 1)).toBe(100);
  });

  it('never goes beyond the segment', () => {
    expect(charsInto(50, 60_000, nothing, 1)).toBe(50);
  });
});
