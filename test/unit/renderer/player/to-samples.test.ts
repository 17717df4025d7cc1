import { expect, test } from 'vitest';
import { toSamples } from '../../../../renderer/player/to-samples.ts';

test('reads little-endian samples, also from an odd place in a larger message', () => {
  const message = Uint8Array.of(99, 0x01, 0x00, 0xff, 0xff, 0x00, 0x80, 99);

  expect([...toSamples(message.subarray(1, 7))]).toEqual([1, -1, -32768]);
});

test('has a buffer of its own, which can be given away', () => {
  const pcm = Uint8Array.of(1, 0);
  structuredClone(null, { transfer: [toSamples(pcm).buffer] });

  expect(pcm.byteLength).toBe(2);
});
