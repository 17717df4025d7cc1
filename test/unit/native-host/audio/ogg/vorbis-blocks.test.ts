import { expect, test } from 'vitest';
import { createOggEncoder } from 'wasm-media-encoders';
import { packetsOf } from '../../../../../native-host/audio/ogg/packets.ts';
import { readHead } from '../../../../../native-host/audio/ogg/stream-head.ts';
import { readBlockSizes } from '../../../../../native-host/audio/ogg/vorbis-blocks.ts';

const SECONDS = 20;

/** A tone with clicks, so that there are short blocks and long ones. */
async function encode(sampleRateHz: number, vbrQuality: number): Promise<Buffer> {
  const encoder = await createOggEncoder();
  encoder.configure({ channels: 1, sampleRate: sampleRateHz, vbrQuality, oggSerialNo: 1 });
  const samples = new Float32Array(sampleRateHz * SECONDS).map(
    (_, i) => Math.sin(i / 9) * (i % 7_001 < 200 ? 0.9 : 0.01),
  );
  const made = Buffer.from(encoder.encode([samples]));
  return Buffer.concat([made, encoder.finalize()]);
}

test.each([
  [8_000, 3],
  [16_000, -1],
  [22_050, 3],
  [22_050, 10],
  [44_100, 5],
  [48_000, 0],
  [96_000, 3],
])('at %i Hz and quality %i counts samples as the encoder does', async (sampleRateHz, quality) => {
  const bytes = await encode(sampleRateHz, quality);
  const packets = packetsOf({ path: 'a', readAt: (offset, block) => bytes.copy(block, 0, offset) });
  const { blockSizeOf } = readHead('a', packets);
  let [samples, last] = [0, 0];
  let page: unknown;
  const told: (number | null)[] = [];
  const counted: number[] = [];
  for (const packet of packets) {
    if (packet.page !== page) counted.push(samples);
    if (packet.page !== page) told.push(packet.page.granule);
    page = packet.page;
    const block = blockSizeOf(packet.bytes);
    samples += last === 0 ? 0 : last / 4 + block / 4;
    last = block;
  }
  // What the encoder says of a page is what had been counted when the next began; on its last it cuts off the padding.
  expect(counted.length).toBeGreaterThan(1);
  expect(counted.slice(1)).toEqual(told.slice(0, -1));
  expect(samples).toBeGreaterThanOrEqual(sampleRateHz * SECONDS);
  expect(samples).toBeLessThan(sampleRateHz * SECONDS + 4_096);
});

test('knows what is no header', () => {
  expect(readBlockSizes(new Uint8Array(3), new Uint8Array(100))).toBeNull();
  expect(readBlockSizes(new Uint8Array(30), new Uint8Array())).toBeNull();
});
