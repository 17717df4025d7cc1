import { describe, expect, it } from 'vitest';
import { toSapiProsody } from '../../../../../native-host/engines/sapi/prosody.ts';
import { DEFAULT_PROSODY } from '../../../../../protocol/model/prosody.ts';

const at = (change: Partial<typeof DEFAULT_PROSODY>) => toSapiProsody({ ...DEFAULT_PROSODY, ...change });

describe("prosody on SAPI's scales", () => {
  it("is the voice's own where nothing is changed", () => {
    expect(toSapiProsody(DEFAULT_PROSODY)).toEqual({ rate: 0, pitch: 0, volume: 100 });
  });

  it.each([
    [0.33, -10],
    [0.5, -6],
    [0.75, -3],
    [1.04, 0],
    [1.5, 4],
    [2, 6],
    [3, 10],
  ])('takes a rate of %d for %d steps', (rate, steps) => {
    expect(at({ rate }).rate).toBe(steps);
  });

  it('is as many times as fast as asked for, within half a step', () => {
    for (let rate = 0.33; rate <= 3; rate += 0.01) {
      const spoken = 3 ** (at({ rate }).rate / 10);
      expect(Math.abs(Math.log(spoken / rate))).toBeLessThanOrEqual(Math.log(3) / 20 + 0.011);
    }
  });

  it('rounds pitch and volume to whole steps, never to a negative nothing', () => {
    expect(at({ pitch: -0.4, volume: 49.6 })).toEqual({ rate: 0, pitch: 0, volume: 50 });
    expect(at({ pitch: 9.7 }).pitch).toBe(10);
  });
});
