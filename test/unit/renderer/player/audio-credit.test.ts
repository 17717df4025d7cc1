import { describe, expect, test } from 'vitest';
import { AudioCredit } from '../../../../renderer/player/audio-credit.ts';

const RATE_HZ = 10_000;
const BYTES_PER_SECOND = 20_000;

describe('AudioCredit', () => {
  test('begins with ten seconds', () => {
    expect(new AudioCredit(RATE_HZ).begin()).toBe(10 * BYTES_PER_SECOND);
  });

  test('grants nothing for what is not worth a message', () => {
    const credit = new AudioCredit(RATE_HZ);
    credit.begin();

    expect(credit.playedTo(499)).toBe(0);
  });

  test('keeps ten seconds ahead of what was played, to the byte', () => {
    const credit = new AudioCredit(RATE_HZ);
    let granted = credit.begin();
    for (let playedMs = 0; playedMs <= 60_000; playedMs += 20) granted += credit.playedTo(playedMs);

    expect(granted).toBe(70 * BYTES_PER_SECOND);
  });

  test('grants nothing while the position stands still', () => {
    const credit = new AudioCredit(RATE_HZ);
    credit.begin();
    credit.playedTo(1_000);

    expect([credit.playedTo(1_000), credit.playedTo(1_000)]).toEqual([0, 0]);
  });

  test('makes up for a voice that needs more bytes for the same time', () => {
    const credit = new AudioCredit(RATE_HZ);
    credit.begin();
    credit.setRate(2 * RATE_HZ);

    expect(credit.playedTo(0)).toBe(10 * BYTES_PER_SECOND);
  });

  test('a generation starts anew', () => {
    const credit = new AudioCredit(RATE_HZ);
    credit.begin();
    credit.playedTo(60_000);

    expect(credit.begin()).toBe(10 * BYTES_PER_SECOND);
    expect(credit.playedTo(1_000)).toBe(BYTES_PER_SECOND);
  });
});
