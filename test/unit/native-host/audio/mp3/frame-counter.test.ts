import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameCounter } from '../../../../../native-host/audio/mp3/frame-counter.ts';
import { silentFrame } from '../../../../../native-host/audio/mp3/frame-header.ts';

const { frame } = silentFrame(22_050, 64, 100);
const stream = Buffer.concat(Array.from({ length: 20 }, () => frame));
const damaged = expect.objectContaining({ code: 'file', details: { path: '/a.mp3', reason: 'damaged' } });

describe('FrameCounter', () => {
  it('counts frames and samples, wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
        const counter = new FrameCounter('/a.mp3', 22_050);
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        for (const [i, place] of places.entries()) counter.push(stream.subarray(place, places[i + 1] ?? place));
        counter.end();
        expect([counter.frames, counter.samples]).toEqual([20, 20 * 576]);
      }),
    );
  });

  it('refuses a stream whose last frame is not whole', () => {
    for (const missing of [1, frame.length - 1]) {
      const counter = new FrameCounter('/a.mp3', 22_050);
      counter.push(stream.subarray(0, -missing));
      expect(() => counter.end()).toThrowError(damaged);
    }
  });

  it('refuses what is no frame, or one of another sampling rate', () => {
    const counter = new FrameCounter('/a.mp3', 22_050);
    expect(() => counter.push(Buffer.from('fLaC'))).toThrowError(damaged);
    expect(() => new FrameCounter('/a.mp3', 44_100).push(stream)).toThrowError(damaged);
  });
});
