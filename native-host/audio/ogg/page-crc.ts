const POLYNOMIAL = 0x04c1_1db7;

const TABLE = new Uint32Array(256).map((_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
  return crc >>> 0;
});

/** The checksum of an Ogg page whose own checksum is 0 (RFC 3533, 6): CRC-32 without mirroring, from 0. */
export function pageCrc(page: Uint8Array): number {
  let crc = 0;
  for (let i = 0; i < page.length; i++) {
    crc = (crc << 8) ^ (TABLE[(crc >>> 24) ^ (page[i] as number)] as number);
  }
  return crc >>> 0;
}
