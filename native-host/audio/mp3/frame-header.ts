/** Bit rates in kbit/s by the four bits of a header, Layer III: of MPEG-1, and of MPEG-2 and 2.5. */
const BITRATES = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;

/** By the two bits of a header: MPEG 2.5, (reserved), 2, 1. */
const VERSIONS = [
  { generation: 2, rates: [11_025, 12_000, 8_000], samples: 576, sideBytes: 9 },
  null,
  { generation: 2, rates: [22_050, 24_000, 16_000], samples: 576, sideBytes: 9 },
  { generation: 1, rates: [44_100, 48_000, 32_000], samples: 1_152, sideBytes: 17 },
] as const;

/** The sampling rates that MP3 has, in Hz. */
export const MP3_SAMPLE_RATES = VERSIONS.flatMap((version) => version?.rates ?? []);
export type Mp3SampleRate = (typeof MP3_SAMPLE_RATES)[number];

export const FRAME_HEADER_BYTES = 4;

export interface Frame {
  /** Header included. */
  readonly bytes: number;
  readonly samples: number;
  readonly sampleRateHz: Mp3SampleRate;
}

/** What a frame of Layer III says of itself in its first 4 bytes (ISO 11172-3, 2.4.2.3). Null: this is no such frame. */
export function parseFrameHeader(header: Uint8Array): Frame | null {
  const [sync = 0, second = 0, third = 0] = header;
  const version = VERSIONS[(second >> 3) & 3];
  if (sync !== 0xff || second >> 5 !== 7 || !version || ((second >> 1) & 3) !== 1) return null;
  const kbps = BITRATES[version.generation][third >> 4];
  const sampleRateHz = version.rates[(third >> 2) & 3];
  if (!kbps || !sampleRateHz) return null;
  const padding = (third >> 1) & 1;
  return { bytes: frameBytes(version.samples, kbps, sampleRateHz) + padding, samples: version.samples, sampleRateHz };
}

/**
 * A frame of one channel that is silent, with room for `roomBytes` behind its side information: of `kbps`, or of the next
 * bit rate that has the room. `roomAt` is where it begins.
 */
export function silentFrame(
  sampleRateHz: Mp3SampleRate,
  kbps: number,
  roomBytes: number,
): { readonly frame: Buffer; readonly roomAt: number } {
  const bits = VERSIONS.findIndex((version) => version?.rates.some((rate) => rate === sampleRateHz));
  const version = VERSIONS[bits];
  if (!version) throw new RangeError(`MP3 has no ${sampleRateHz} Hz`);
  const roomAt = FRAME_HEADER_BYTES + version.sideBytes;
  const rates: readonly number[] = version.rates;
  const bitrates = BITRATES[version.generation];
  const index = bitrates.findIndex(
    (rate) => rate >= kbps && frameBytes(version.samples, rate, sampleRateHz) >= roomAt + roomBytes,
  );
  const frame = Buffer.alloc(frameBytes(version.samples, bitrates[index] ?? 0, sampleRateHz));
  frame[0] = 0xff;
  frame[1] = 0xe0 | (bits << 3) | (1 << 1) | 1; // Layer III, without a checksum
  frame[2] = (index << 4) | (rates.indexOf(sampleRateHz) << 2);
  frame[3] = 3 << 6; // one channel
  return { frame, roomAt };
}

function frameBytes(samples: number, kbps: number, sampleRateHz: number): number {
  return Math.floor(((samples / 8) * kbps * 1_000) / sampleRateHz);
}
