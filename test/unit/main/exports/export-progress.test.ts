import { describe, expect, it } from 'vitest';
import { exportProgress } from '../../../../main/exports/export-progress.ts';

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
