import { describe, expect, it } from 'vitest';
import { xingFrame } from '../../../../../native-host/audio/mp3/xing-frame.ts';

const stream = { sampleRateHz: 22_050, bitrateKbps: 64, frames: 0, streamBytes: 0, places: [] } as const;
const SIDE = 13;

const tableOf = (frame: Uint8Array): number[] => [...frame.subarray(SIDE + 16, SIDE + 116)];

describe('xingFrame', () => {
  it('counts frames and bytes', () => {
    const frame = Buffer.from(xingFrame({ ...stream, frames: 1_000, streamBytes: 209_000 }));
    expect(frame.toString('latin1', SIDE, SIDE + 4)).toBe('Info');
    expect([frame.readUInt32BE(SIDE + 8), frame.readUInt32BE(SIDE + 12)]).toEqual([1_000, 209_000]);
  });

  it('is named otherwise where the bit rate varies', () => {
    const frame = Buffer.from(xingFrame({ ...stream, bitrateKbps: null }));
    expect(frame.toString('latin1', SIDE, SIDE + 4)).toBe('Xing');
  });

  it('has a straight table for a straight stream', () => {
    const places = [
      { samples: 0, bytes: 0 },
      { samples: 500, bytes: 5_000 },
      { samples: 1_000, bytes: 10_000 },
    ];
    const table = tableOf(xingFrame({ ...stream, places }));
    expect(table).toEqual(Array.from({ length: 100 }, (_, i) => Math.floor(i * 2.56)));
  });

  it('has a table that follows the bytes', () => {
    const places = [
      { samples: 0, bytes: 0 },
      { samples: 500, bytes: 9_000 },
      { samples: 1_000, bytes: 10_000 },
    ];
    const table = tableOf(xingFrame({ ...stream, places }));
    expect([table[0], table[25], table[50], table[75]]).toEqual([0, 115, 230, 243]);
    expect(table).toEqual([...table].sort((a, b) => a - b));
  });

  it('is as long with a huge stream as with none', () => {
    const huge = { frames: 2 ** 33, streamBytes: 2 ** 40, places: [{ samples: 2 ** 42, bytes: 2 ** 40 }] };
    expect(xingFrame({ ...stream, ...huge }).length).toBe(xingFrame(stream).length);
  });
});
