import { describe, expect, it } from 'vitest';
import { createTone, SAMPLE_RATE_HZ } from '../../../../../native-host/engines/scripted/tone.ts';

function peak(samples: Int16Array): number {
  return samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
}

function risingZeroCrossings(samples: Int16Array): number {
  return samples.filter((sample, i) => sample > 0 && (samples[i - 1] ?? 1) <= 0).length;
}

describe('createTone', () => {
  it('has as many waves a second as it has Hz', () => {
    expect(risingZeroCrossings(createTone(220, 100).samples(SAMPLE_RATE_HZ))).toBe(220);
  });

  it.each([0, 1, 7, 500, SAMPLE_RATE_HZ + 1, 3 * SAMPLE_RATE_HZ])('has %i samples when asked for them', (length) => {
    expect(createTone(220, 100).samples(length)).toHaveLength(length);
  });

  it('begins and ends in silence, so that words do not click', () => {
    const samples = createTone(220, 100).samples(5_000);
    expect([samples[0], samples.at(-1)]).toEqual([0, 0]);
  });

  it('is half as loud at half the volume', () => {
    const [full, half] = [100, 50].map((volume) => peak(createTone(220, volume).samples(5_000)));
    expect(half).toBe((full ?? 0) / 2);
  });

  it('is silent at volume 0', () => {
    expect(peak(createTone(220, 0).samples(5_000))).toBe(0);
  });

  it('gives the same samples again', () => {
    const tone = createTone(220, 100);
    const once = tone.samples(5_000).slice();
    tone.samples(30_000);
    expect(tone.samples(5_000)).toEqual(once);
  });
});
