import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBounded } from '../../../../../main/shells/web/bounded-msgpack.ts';

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

test('decodes every kind of plain data', () => {
  const message = {
    null: null,
    yes: true,
    no: false,
    integers: [
      0,
      127,
      128,
      255,
      256,
      65_535,
      65_536,
      2 ** 32,
      2 ** 53 - 1,
      -1,
      -32,
      -33,
      -129,
      -32_769,
      -(2 ** 31) - 1,
    ],
    floats: [0.5, Number.MAX_VALUE],
    strings: ['', 'a', 'a'.repeat(32), 'a'.repeat(256), 'a'.repeat(65_536), '語😀'],
    bytes: [new Uint8Array(), new Uint8Array(255), new Uint8Array(256), new Uint8Array(65_536)],
    arrays: [[], Array.from({ length: 15 }, () => 1), Array.from({ length: 16 }, () => 1)],
    maps: [{}, Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`k${index}`, index]))],
  };

  expect(decodeBounded(encode(message))).toEqual(message);
});

test('decodes what the encoder makes of any plain data within the limits', () => {
  const leaf = fc.oneof(
    fc.double().map((number) => number + 0), // MessagePack has one zero
    fc.integer(),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array(),
    fc.constant(null),
  );
  const value = fc.oneof(
    leaf,
    fc.array(leaf, { maxLength: 20 }),
    fc.dictionary(fc.string(), leaf, { noNullPrototype: true }),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 10 }), (message) => {
      fc.pre(!JSON.stringify(message).includes('__proto__'));
      expect(decodeBounded(encode(message))).toEqual(message);
    }),
  );
});

test('throws nothing but contract errors, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        decodeBounded(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: 'contract', details: { path: 'message' } });
      }
    }),
    { numRuns: 2_000 },
  );
});

test('takes 16 levels and 1000 values, and no more', () => {
  expect(decodeBounded(encode(nested(16)))).toEqual(nested(16));
  expect(() => decodeBounded(encode(nested(17)))).toThrow('at most 16 levels');
  expect(decodeBounded(encode(new Array(999).fill(1)))).toHaveLength(999);
  expect(() => decodeBounded(encode(new Array(1_000).fill(1)))).toThrow('at most 1000 values');
});

test('refuses a map that would change what objects inherit', () => {
  const bytes = Uint8Array.from([0x81, ...encode('__proto__'), 0x80]);

  expect(() => decodeBounded(bytes)).toThrow('__proto__');
});

test('refuses an announced length far beyond the message without making room for it', () => {
  expect(() => decodeBounded(Uint8Array.from([0xdd, 0xff, 0xff, 0xff, 0xff]))).toThrow('MessagePack');
  expect(() => decodeBounded(Uint8Array.from([0xc6, 0xff, 0xff, 0xff, 0xff]))).toThrow('MessagePack');
});
