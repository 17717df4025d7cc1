import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SampleStream } from '../../../../renderer/player/sample-stream.ts';

const RATE_HZ = 20_000;
/** 5 ms. */
const FADE_FRAMES = 100;

const ramp = (from: number, count: number): Int16Array => Int16Array.from({ length: count }, (_, i) => from + i);
const loud = (count: number): Int16Array => new Int16Array(count).fill(16_384);

function render(stream: SampleStream, frames: number): number[] {
  const output = new Float32Array(frames);
  stream.render(output);
  return [...output];
}

const asInt = (samples: number[]): number[] => samples.map((sample) => Math.round(sample * 32_768));

describe('what is played', () => {
  test('is every sample of every chunk once and without a gap, however the audio thread slices it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 300 }),
        (chunkSizes, quantum) => {
          const stream = new SampleStream(RATE_HZ);
          let total = 0;
          for (const size of chunkSizes) {
            stream.push(ramp(total, size));
            total += size;
          }
          const heard: number[] = [];
          while (heard.length < total) heard.push(...render(stream, quantum));

          expect(asInt(heard.slice(0, total))).toEqual([...ramp(0, total)]);
          expect(stream.playedFrames).toBe(total);
        },
      ),
    );
  });

  test('is silence while there is nothing, and the position stands still', () => {
    const stream = new SampleStream(RATE_HZ);

    expect(render(stream, 4)).toEqual([0, 0, 0, 0]);
    expect(stream.playedFrames).toBe(0);
  });

  test('fades out within 5 ms when the queue runs dry, and counts only real samples', () => {
    const stream = new SampleStream(RATE_HZ);
    stream.push(loud(10));
    const heard = render(stream, 10 + FADE_FRAMES + 20);

    expect(heard.slice(0, 10)).toEqual(Array(10).fill(0.5));
    expect(heard[10]).toBeCloseTo(0.5 * (1 - 1 / FADE_FRAMES));
    expect(heard.slice(10 + FADE_FRAMES)).toEqual(Array(20).fill(0));
    expect(stream.playedFrames).toBe(10);
  });

  test('never jumps by more than a fade step where the queue runs dry and fills again', () => {
    const stream = new SampleStream(RATE_HZ);
    stream.push(loud(200));
    const heard = render(stream, 400);
    stream.push(loud(300));
    heard.push(...render(stream, 300));
    const jumps = heard.slice(1).map((sample, i) => Math.abs(sample - (heard[i] ?? 0)));

    expect(Math.max(...jumps)).toBeLessThanOrEqual(0.5 / FADE_FRAMES + 1e-6);
  });
});

describe('pause', () => {
  test('loses no sample and repeats none', () => {
    const stream = new SampleStream(RATE_HZ);
    stream.push(ramp(1, 1_000));
    render(stream, 300);
    stream.pause();
    const paused = render(stream, 500);
    stream.resume();
    const after = render(stream, 700);

    expect(paused.slice(FADE_FRAMES)).toEqual(Array(400).fill(0));
    expect(asInt(after.slice(FADE_FRAMES))).toEqual([...ramp(301 + FADE_FRAMES, 600)]);
    expect(stream.playedFrames).toBe(1_000);
  });

  test('a second pause changes nothing', () => {
    const stream = new SampleStream(RATE_HZ);
    stream.push(loud(1_000));
    render(stream, 100);
    stream.pause();
    render(stream, 200);
    stream.pause();

    expect(render(stream, 10)).toEqual(Array(10).fill(0));
  });
});

describe('truncate', () => {
  test('keeps exactly what comes before the frame, across chunks', () => {
    const stream = new SampleStream(RATE_HZ);
    stream.push(ramp(0, 100));
    stream.push(ramp(100, 100));
    stream.push(ramp(200, 100));
    render(stream, 30);
    stream.truncate(150);
    stream.push(Int16Array.of(7, 8, 9));

    expect(stream.queuedFrames).toBe(123);
    expect(asInt(render(stream, 123))).toEqual([...ramp(30, 120), 7, 8, 9]);
  });

  test('before the present position drops everything', () => {
    const stream = new SampleStream(RATE_HZ);
    stream.push(ramp(0, 100));
    render(stream, 50);
    stream.truncate(20);

    expect(stream.queuedFrames).toBe(0);
    expect(stream.playedFrames).toBe(50);
  });
});

describe('flush', () => {
  test('drops everything, starts the position at 0 and plays what comes next from its first sample', () => {
    const stream = new SampleStream(RATE_HZ);
    stream.push(loud(1_000));
    render(stream, 100);
    stream.flush();
    render(stream, FADE_FRAMES);
    stream.push(ramp(1, 3));

    expect(asInt(render(stream, 3))).toEqual([1, 2, 3]);
    expect(stream.playedFrames).toBe(3);
  });

  test('does not click', () => {
    const stream = new SampleStream(RATE_HZ);
    stream.push(loud(1_000));
    render(stream, 100);
    stream.flush();

    expect(render(stream, 1)[0]).toBeCloseTo(0.5 * (1 - 1 / FADE_FRAMES));
  });
});

describe('gain', () => {
  test('applies to the next samples, within 5 ms and without a step', () => {
    const stream = new SampleStream(RATE_HZ);
    stream.push(loud(1_000));
    render(stream, 100);
    stream.setGain(0.5);
    const heard = render(stream, 200);

    expect(heard[0]).toBeGreaterThan(0.49);
    expect(heard[FADE_FRAMES]).toBe(0.25);
  });

  test('that is set before anything was played applies to the first sample', () => {
    const stream = new SampleStream(RATE_HZ);
    stream.setGain(0.5);
    stream.push(loud(1));

    expect(render(stream, 1)).toEqual([0.25]);
  });
});

test('measures the loudest sample and how many were not silence', () => {
  const stream = new SampleStream(RATE_HZ);
  stream.push(new Int16Array(50));
  stream.push(loud(10));
  stream.push(new Int16Array(50));
  render(stream, 110);

  expect(stream.peak).toBe(0.5);
  expect(stream.soundingFrames).toBe(10);
});
