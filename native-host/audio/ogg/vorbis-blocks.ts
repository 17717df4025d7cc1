/** How many samples a Vorbis packet stands for: "Vorbis I specification" (Xiph.Org), 4.2 and 4.3. */

/** Bits of a mode in the setup header: block flag, window type, transform type, mapping. */
const MODE_BITS = 41;
const MODE_COUNT_BITS = 6;
const MAX_MODES = 64;

/** Tells the block size of each audio packet, in samples. */
export type BlockSizes = (packet: Uint8Array) => number;

/** From the first and the third header. Null: they are none. */
export function readBlockSizes(identification: Uint8Array, setup: Uint8Array): BlockSizes | null {
  const sizes = identification[28];
  const isLong = modesOf(setup);
  if (sizes === undefined || !isLong) return null;
  const blocks = [2 ** (sizes & 15), 2 ** (sizes >> 4)] as const;
  const modeBits = 32 - Math.clz32(isLong.length - 1);
  // An audio packet begins with a 0 and the number of its mode.
  return ([first = 0]) => blocks[isLong[(first >> 1) & ((1 << modeBits) - 1)] ? 1 : 0];
}

/**
 * Which modes have long blocks. What stands before them can be told only with all of a decoder, so they are read from the
 * end of the header, where the 41 bits of each end with a window and a transform of type 0, and their number stands before
 * them; the last number that fits is the right one, as libavcodec does it.
 */
function modesOf(setup: Uint8Array): readonly boolean[] | null {
  const bit = (at: number): number => ((setup[at >> 3] ?? 0) >> (at & 7)) & 1;
  const number = (at: number, bits: number): number => {
    let value = 0;
    for (let i = 0; i < bits; i++) value |= bit(at + i) << i;
    return value;
  };
  let end = setup.length * 8 - 1;
  while (end > 0 && bit(end) === 0) end -= 1; // the last bit that is set frames the header
  let found = 0;
  for (let count = 1; count <= MAX_MODES; count++) {
    const at = end - count * MODE_BITS;
    if (at < MODE_COUNT_BITS || number(at + 1, 16) !== 0 || number(at + 17, 16) !== 0) break;
    if (number(at - MODE_COUNT_BITS, MODE_COUNT_BITS) + 1 === count) found = count;
  }
  if (found === 0) return null;
  return Array.from({ length: found }, (_, mode) => bit(end - (found - mode) * MODE_BITS) === 1);
}
