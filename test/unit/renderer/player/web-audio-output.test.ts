import { describe, expect, test } from 'vitest';
import type { OutputReport, OutputTrouble } from '../../../../renderer/player/audio-output.ts';
import type { Sink, SinkEvents, SinkReport } from '../../../../renderer/player/audio-sink.ts';
import { WebAudioOutput } from '../../../../renderer/player/web-audio-output.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

interface FakeSink extends Sink {
  readonly calls: unknown[][];
  readonly events: SinkEvents;
}

function openOutput() {
  const sinks: FakeSink[] = [];
  const reports: OutputReport[] = [];
  const troubles: OutputTrouble[] = [];
  const output = new WebAudioOutput((sampleRateHz, events) => {
    if (sampleRateHz === 1) throw new RangeError('no such rate');
    const calls: unknown[][] = [];
    const noting =
      (name: string) =>
      (...args: unknown[]) =>
        void calls.push([name, ...args.map((arg) => (arg instanceof Int16Array ? arg.length : arg))]);
    const sink: FakeSink = {
      sampleRateHz,
      events,
      calls,
      push: noting('push'),
      truncate: noting('truncate'),
      flush: noting('flush'),
      pause: noting('pause'),
      resume: noting('resume'),
      setGain: noting('gain'),
      close: noting('close'),
    };
    sinks.push(sink);
    return sink;
  });
  output.onReport((report) => reports.push(report));
  output.onTrouble((trouble) => troubles.push(trouble));
  return { output, sinks, reports, troubles };
}

const report = (frames: number): SinkReport => ({
  playedFrames: frames,
  heardFrames: frames,
  peak: 0.5,
  soundingFrames: 10,
});
const samples = (count: number): Int16Array<ArrayBuffer> => new Int16Array(count);

test('opens a device of the rate of the audio and tells times in milliseconds', () => {
  const { output, sinks, reports } = openOutput();
  output.push(samples(16_000), 16_000);
  sinks[0]?.events.onReport(report(8_000));

  expect(sinks.map(({ sampleRateHz }) => sampleRateHz)).toEqual([16_000]);
  expect(reports).toEqual([{ playedMs: 500, heardMs: 500, peak: 0.5, soundingMs: 0.625 }]);
});

test('is opened by resume, so that the device is there when the audio comes', () => {
  const { output, sinks } = openOutput();
  output.resume();
  output.push(samples(10), 22_050);

  expect(sinks).toHaveLength(1);
  expect(sinks[0]?.calls).toEqual([['gain', 1], ['resume'], ['push', 10]]);
});

describe('a change of the rate', () => {
  test('waits until everything before it was heard, and times go on', () => {
    const { output, sinks, reports } = openOutput();
    output.resume();
    output.push(samples(22_050), 22_050);
    output.push(samples(16_000), 16_000);
    output.push(samples(8_000), 16_000);
    sinks[0]?.events.onReport(report(22_049));
    expect(sinks).toHaveLength(1);
    sinks[0]?.events.onReport(report(22_050));
    sinks[1]?.events.onReport(report(8_000));

    expect(sinks[0]?.calls.at(-1)).toEqual(['close']);
    expect(sinks[1]?.calls).toEqual([['gain', 1], ['resume'], ['push', 16_000], ['push', 8_000]]);
    expect(reports.at(-1)?.heardMs).toBe(1_500);
  });

  test('happens at once when nothing is buffered', () => {
    const { output, sinks } = openOutput();
    output.resume();
    output.push(samples(10), 48_000);

    expect(sinks.map(({ sampleRateHz }) => sampleRateHz)).toEqual([22_050, 48_000]);
    expect(sinks[0]?.calls.at(-1)).toEqual(['close']);
  });

  test('can be truncated away before it happens', () => {
    const { output, sinks } = openOutput();
    output.push(samples(22_050), 22_050);
    output.push(samples(16_000), 16_000);
    output.truncate(1_250);
    sinks[0]?.events.onReport(report(22_050));

    expect(sinks[1]?.calls.at(-1)).toEqual(['push', 4_000]);
  });

  test('and reports of the device before it are no longer told', () => {
    const { output, sinks, reports } = openOutput();
    output.push(samples(22_050), 22_050);
    output.push(samples(16_000), 16_000);
    sinks[0]?.events.onReport(report(22_050));
    sinks[0]?.events.onReport(report(22_050));

    expect(reports).toHaveLength(1);
  });
});

test('truncates to the nearest frame, and what is pushed next follows it', () => {
  const { output, sinks } = openOutput();
  output.push(samples(22_050), 22_050);
  output.truncate(500);
  output.push(samples(22_050), 22_050);
  output.truncate(1_000);

  expect(sinks[0]?.calls.filter(([name]) => name === 'truncate')).toEqual([
    ['truncate', 11_025],
    ['truncate', 22_050],
  ]);
});

test('flush forgets what waited for another device', () => {
  const { output, sinks } = openOutput();
  output.push(samples(22_050), 22_050);
  output.push(samples(16_000), 16_000);
  output.flush();
  sinks[0]?.events.onReport(report(0));

  expect(sinks).toHaveLength(1);
});

test('opens another device after it was released, with the same volume', () => {
  const { output, sinks } = openOutput();
  output.setVolume(40);
  output.resume();
  output.release();
  output.resume();

  expect(sinks).toHaveLength(2);
  expect(sinks[0]?.calls.at(-1)).toEqual(['close']);
  expect(sinks[1]?.calls[0]).toEqual(['gain', 0.4]);
});

test('a device that cannot be opened is trouble that is told, not thrown', async () => {
  const { output, troubles } = openOutput();
  output.push(samples(10), 1);

  await waitFor(() => expect(troubles).toMatchObject([{ kind: 'lost', error: { code: 'refused' } }]));
});
