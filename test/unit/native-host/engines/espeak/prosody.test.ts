import { describe, expect, it } from 'vitest';
import { toParameters } from '../../../../../native-host/engines/espeak/prosody.ts';
import { DEFAULT_PROSODY } from '../../../../../protocol/model/prosody.ts';

describe('toParameters', () => {
  it("leaves a voice's own speed, pitch and loudness as eSpeak has them", () => {
    expect(toParameters(DEFAULT_PROSODY)).toEqual({ rateWpm: 175, pitch: 50, volume: 100 });
  });

  it.each([
    [0.33, 80],
    [0.457, 80],
    [0.5, 88],
    [2, 350],
    [2.566, 449],
    [3, 449],
  ])('speaks at rate %f with %i words per minute, within what eSpeak can', (rate, rateWpm) => {
    expect(toParameters({ ...DEFAULT_PROSODY, rate }).rateWpm).toBe(rateWpm);
  });

  it.each([
    [-10, 0],
    [-1, 45],
    [0.1, 50],
    [1, 55],
    [10, 99],
  ])("turns pitch %f into eSpeak's %i", (pitch, expected) => {
    expect(toParameters({ ...DEFAULT_PROSODY, pitch }).pitch).toBe(expected);
  });

  it.each([0, 50, 100])('passes volume %i on', (volume) => {
    expect(toParameters({ ...DEFAULT_PROSODY, volume }).volume).toBe(volume);
  });
});
