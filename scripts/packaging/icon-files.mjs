/** @typedef {{ size: number, png: Buffer }} Image a square picture, `size` pixels wide */

const ICO_HEADER_BYTES = 6;
const ICO_ENTRY_BYTES = 16;

/**
 * A Windows icon whose pictures are PNG files, which Windows reads since Vista.
 * @param {readonly Image[]} images at most 256 pixels wide
 * @returns {Buffer}
 */
export function icoOf(images) {
  const header = Buffer.alloc(ICO_HEADER_BYTES + ICO_ENTRY_BYTES * images.length);
  header.writeUInt16LE(1, 2); // an icon, no cursor
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [i, { size, png }] of images.entries()) {
    const at = ICO_HEADER_BYTES + ICO_ENTRY_BYTES * i;
    header.writeUInt8(size % 256, at); // 0 stands for 256
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4); // planes
    header.writeUInt16LE(32, at + 6); // bits a pixel
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** Types of the pictures in a macOS icon, and how wide each is in pixels; the second of two is for Retina displays. */
const ICNS_TYPES = /** @type {const} */ ([
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]);

/** The sizes that `icnsOf` wants. */
export const ICNS_SIZES = [...new Set(ICNS_TYPES.map(([, size]) => size))];

/**
 * A macOS icon whose pictures are PNG files.
 * @param {readonly Image[]} images one of each of `ICNS_SIZES`
 * @returns {Buffer}
 */
export function icnsOf(images) {
  const parts = ICNS_TYPES.map(([type, size]) => {
    const image = images.find((candidate) => candidate.size === size);
    if (image === undefined) throw new RangeError(`there is no picture of ${size} pixels`);
    return icnsPart(type, image.png);
  });
  return icnsPart('icns', Buffer.concat(parts));
}

/** @param {string} type @param {Buffer} content */
function icnsPart(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
