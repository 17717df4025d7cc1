import { describe, expect, test } from 'vitest';
import { ReadingProgress } from '../../../../renderer/player/reading-progress.ts';

const PACE = { msPerChar: 50, chars: 10_000 };
const range = (charIndex: number, charLength: number) => ({ charIndex, charLength });

function segment(progress: ReadingProgress, charIndex: number, charLength: number, ms: number): void {
  const whole = range(charIndex, charLength);
  progress.beginSegment({ range: whole, sentences: [whole], voiceId: 'scripted:one' });
  progress.addBoundaries([{ kind: 'word', charIndex, charLength: 3, atMs: 0 }]);
  progress.addAudio(ms);
  progress.endSegment();
}

describe('what remains', () => {
  test('is an estimate before anything has come', () => {
    expect(new ReadingProgress(0, 1_000, PACE, 1).at(0).remainingMs).toBe(50_000);
  });

  test('is what is buffered, exactly, and the rest by the pace', () => {
    const progress = new ReadingProgress(0, 1_000, { msPerChar: 50, chars: 1e9 }, 1);
    segment(progress, 0, 400, 30_000);

    expect(progress.at(10_000).remainingMs).toBeCloseTo(20_000 + 600 * 50, 0);
  });

  test('is exact when everything has come', () => {
    const progress = new ReadingProgress(0, 400, PACE, 1);
    segment(progress, 0, 400, 30_000);

    expect(progress.at(12_345).remainingMs).toBe(17_655);
  });

  test('is shorter at once when the rate goes up', () => {
    const progress = new ReadingProgress(0, 1_000, PACE, 1);
    progress.changeManner(2, false);

    expect(progress.at(0).remainingMs).toBe(25_000);
  });
});

describe('what has elapsed', () => {
  test('is the audio that was heard since the start of the reading', () => {
    const progress = new ReadingProgress(500, 1_000, PACE, 1);
    segment(progress, 500, 300, 20_000);

    expect(progress.at(0).elapsedMs).toBe(0);
    expect(progress.at(7_000).elapsedMs).toBe(7_000);
  });

  test('goes back with a skip to where it was, and forward as estimated', () => {
    const progress = new ReadingProgress(0, 10_000, PACE, 1);
    segment(progress, 0, 1_000, 60_000);
    segment(progress, 1_000, 1_000, 60_000);
    progress.heardTo(progress.at(60_000), 60_000);
    progress.restart(5_000);
    progress.arriveAt(5_000);
    expect(progress.at(0).elapsedMs).toBeGreaterThan(60_000 + 4_000 * 49);
    progress.restart(1_000);
    progress.arriveAt(1_000);

    expect(progress.at(0).elapsedMs).toBe(60_000);
  });
});

test('the place is the one that was aimed at until audio of it comes', () => {
  const progress = new ReadingProgress(0, 1_000, PACE, 1);
  progress.restart(300);
  expect(progress.at(0)).toMatchObject({ charIndex: 300, spoken: null });
  progress.arriveAt(290);
  expect(progress.at(0).charIndex).toBe(290);
  segment(progress, 290, 50, 1_000);
  progress.arriveAt(700);

  expect(progress.at(0).charIndex).toBe(290);
});
