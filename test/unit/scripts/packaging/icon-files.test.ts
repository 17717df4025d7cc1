import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ICNS_SIZES, icnsOf, icoOf } from '../../../../scripts/packaging/icon-files.mjs';
import { fromRoot } from '../../../../scripts/set-up/root.mjs';

const packed = (...path: string[]): Buffer => readFileSync(fromRoot('packaging', ...path));

/** Width and height, as a PNG file says them. */
function pngSize(png: Buffer): [number, number] {
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

function picturesOfIco(ico: Buffer): { said: number; png: Buffer }[] {
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, i) => {
    const at = 6 + 16 * i;
    const start = ico.readUInt32LE(at + 12);
    return { said: ico.readUInt8(at) || 256, png: ico.subarray(start, start + ico.readUInt32LE(at + 8)) };
  });
}

function partsOfIcns(icns: Buffer): Map<string, Buffer> {
  expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    parts.set(icns.toString('latin1', at, at + 4), icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)));
  return parts;
}

test("Windows' icon has a picture for every place, of the size it says", () => {
  const pictures = picturesOfIco(packed('icon.ico'));
  expect(pictures.map(({ png }) => pngSize(png))).toEqual(pictures.map(({ said }) => [said, said]));
  expect(pictures.map(({ said }) => said)).toEqual(expect.arrayContaining([16, 24, 32, 48, 256]));
});

test("macOS' icon has a picture for every place, of the size that its type stands for", () => {
  const parts = partsOfIcns(packed('icon.icns'));
  const sizes = [...parts].map(([type, png]) => [type, pngSize(png)[0]]);
  expect(Object.fromEntries(sizes)).toEqual({
    ...{ icp4: 16, ic11: 32, icp5: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 },
  });
});

test.each([16, 24, 32, 48, 64, 128, 256, 512])("Linux' icons have one of %i pixels", (size) => {
  expect(pngSize(packed('icons', `${size}x${size}.png`))).toEqual([size, size]);
});

test('what is put into an icon comes out of it', () => {
  const images = ICNS_SIZES.map((size) => ({ size, png: Buffer.from(`picture of ${size}`) }));
  expect(picturesOfIco(icoOf(images.slice(0, 2))).map(({ png }) => String(png))).toEqual([
    'picture of 16',
    'picture of 32',
  ]);
  expect(String(partsOfIcns(icnsOf(images)).get('ic10'))).toBe('picture of 1024');
});

test('a macOS icon lacks no size', () => {
  expect(() => icnsOf([])).toThrow('there is no picture of 16 pixels');
});
