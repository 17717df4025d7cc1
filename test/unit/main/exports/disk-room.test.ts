import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesFree, bytesFreeLately, bytesNeeded } from '../../../../main/exports/disk-room.ts';

describe('bytesNeeded', () => {
  // Measured with eSpeak NG: 200 000 characters are 11 841 s of audio: 522 MB of samples, 95 MB of MP3 at 64 kbit/s.
  it.each([
    ['WAV', { kind: 'wav' } as const, 522_000_000],
    ['MP3 at 64 kbit/s', { kind: 'mp3', bitrateKbps: 64, quality: null } as const, 94_800_000],
    ['Ogg Vorbis at quality 3', { kind: 'ogg', quality: 3 } as const, 65_500_000],
  ])('is about what a book takes as %s, and the samples under way', (_, format, measured) => {
    const underWay = 42_240_000; // eight pieces of two minutes, as samples
    const ratio = (bytesNeeded(200_000, 1, format) - underWay) / measured;
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.3);
  });

  it('goes by what the file holds so far, once that tells anything', () => {
    const wav = { kind: 'wav' } as const;
    const left = 1_000_000;
    const difference =
      bytesNeeded(left, 1, wav, { chars: 10_000, bytes: 80_000_000 }) -
      bytesNeeded(left, 1, wav, { chars: 10_000, bytes: 40_000_000 });
    expect(difference).toBe(4_000 * left);
    expect(bytesNeeded(left, 1, wav, { chars: 10, bytes: 0 })).toBe(bytesNeeded(left, 1, wav));
  });

  it('halves with the speed doubled, and is small for a small text', () => {
    const wav = { kind: 'wav' } as const;
    expect(bytesNeeded(2_000_000, 2, wav)).toBe(bytesNeeded(1_000_000, 1, wav));
    expect(bytesNeeded(100, 1, wav)).toBeLessThan(1_000_000);
  });
});

it('knows how much room there is, and nothing of a folder that does not exist', async () => {
  expect(await bytesFree(join(tmpdir(), 'a.wav'))).toBeGreaterThan(0);
  expect(await bytesFree('/nowhere/a.wav')).toBeNull();
});

it('takes what was free a moment ago to be free, for a second and in the same folder', async () => {
  const first = bytesFreeLately(join(tmpdir(), 'a.wav'), 1_000);
  expect(bytesFreeLately(join(tmpdir(), 'b.wav'), 1_900)).toBe(first);
  const second = bytesFreeLately(join(tmpdir(), 'b.wav'), 2_100);
  expect(second).not.toBe(first);
  expect(bytesFreeLately('/nowhere/a.wav', 2_200)).not.toBe(second);
  expect(await first).toBeGreaterThan(0);
});
