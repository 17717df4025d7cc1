import { describe, expect, it } from 'vitest';
import { MP3_SAMPLE_RATES, parseFrameHeader, silentFrame } from '../../../../../native-host/audio/mp3/frame-header.ts';

const parse = (hex: string) => parseFrameHeader(Buffer.from(hex, 'hex'));

describe('parseFrameHeader', () => {
  // As LAME and ffmpeg write them, with the lengths that ISO 11172-3 and 13818-3 give.
  it.each([
    ['fff380c4', { bytes: 208, samples: 576, sampleRateHz: 22_050 }],
    ['fff382c4', { bytes: 209, samples: 576, sampleRateHz: 22_050 }],
    ['ffe380c4', { bytes: 417, samples: 576, sampleRateHz: 11_025 }],
    ['fffb90c4', { bytes: 417, samples: 1_152, sampleRateHz: 44_100 }],
    ['fffbe4c4', { bytes: 960, samples: 1_152, sampleRateHz: 48_000 }],
  ])('reads %s', (hex, frame) => {
    expect(parse(hex)).toEqual(frame);
  });

  it.each([
    ['no frame', '49443303'],
    ['MPEG with a reserved version', 'ffeb90c4'],
    ['Layer II', 'fffd90c4'],
    ['a free bit rate', 'fffb00c4'],
    ['a forbidden bit rate', 'fffbf0c4'],
    ['a reserved sampling rate', 'fffb9cc4'],
    ['too few bytes', 'ff'],
  ])('knows %s', (_, hex) => {
    expect(parse(hex)).toBeNull();
  });
});

describe('silentFrame', () => {
  it.each(MP3_SAMPLE_RATES)('has the room at %i Hz, and says how long it is', (sampleRateHz) => {
    for (const kbps of [0, 32, 64, 160]) {
      const { frame, roomAt } = silentFrame(sampleRateHz, kbps, 152);
      expect(parseFrameHeader(frame)).toMatchObject({ bytes: frame.length, sampleRateHz });
      expect(frame.length - roomAt).toBeGreaterThanOrEqual(152);
    }
  });

  it('keeps the bit rate where that has the room', () => {
    expect(silentFrame(22_050, 64, 152).frame.length).toBe(208);
  });
});
