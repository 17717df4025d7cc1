import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMessage } from '../../../lane/encode-message.ts';
import { NUMBERS_TAG, PREFIX_BYTES } from '../../../lane/format.ts';
import { createMessageReader } from '../../../lane/message-reader.ts';
import { packNumbers } from '../../../lane/packed-numbers.ts';

function overTheLane(message: unknown): unknown[] {
  const received: unknown[] = [];
  const reader = createMessageReader((arrived) => received.push(arrived));
  for (const piece of encodeMessage(message)) reader.push(piece);
  return received;
}

const many = (value: unknown = 1): unknown[] => new Array<unknown>(600).fill(value);

const long = { minLength: 512, maxLength: 1_000 };
/** Of integers alone, and of others among them. */
const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constant(-0));
const anyNumbers = fc.oneof(fc.array(anyNumber, long), fc.array(fc.integer(), long));
/** Of one shape. A number for a name is a field that V8 keeps apart from the others. */
const anyRows = fc
  .tuple(
    fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('value', '7', '3', 'toString', '__proto__')), {
      minLength: 1,
      maxLength: 5,
    }),
    anyNumbers,
  )
  .map(([keys, numbers]) =>
    numbers.map((number) => Object.fromEntries(keys.map((key, place) => [key, number + place]))),
  );

describe('a long array of numbers, or of objects of numbers', () => {
  it('arrives as the array that it was, whatever numbers they are and wherever it is', () => {
    const place = fc.constantFrom<(values: unknown[]) => unknown>(
      (params) => ({ kind: 'request', id: 1, params }),
      (values) => ({ kind: 'progress', item: { values, errors: [] } }),
      (values) => values,
      (values) => ({ first: values, second: { values } }),
      (values) => ({ a: { b: { values } } }),
      (values) => ({ values, none: undefined }),
    );
    fc.assert(
      fc.property(fc.oneof(anyNumbers, anyRows), place, (values, put) => {
        const [arrived] = overTheLane(put(values));
        expect(isDeepStrictEqual(arrived, put(values))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a short one', { params: [1, 2, 3] }],
    ['one with a hole', { params: Object.assign([], { length: 600 }) }],
    ['one with something else in it', { params: [...many(), '1'] }],
    ['one of objects without fields', { params: many({}) }],
    ['one of objects and a number', { params: [...many({ a: 1 }), 1] }],
    ['one of objects of which one has a field more', { params: [...many({ a: 1 }), { a: 1, b: 2 }] }],
    ['one of objects of which one has a field less', { params: [...many({ a: 1, b: 2 }), { a: 1 }] }],
    ['one of objects of which one has them in another order', { params: [...many({ a: 1, b: 2 }), { b: 2, a: 1 }] }],
    ['one of objects of which one has another field', { params: [...many({ a: 1 }), { b: 1 }] }],
    ['one of objects of which one has something else in it', { params: [...many({ a: 1 }), { a: '1' }] }],
    [
      'one of objects of which one is of a class',
      {
        params: [
          ...many({ a: 1 }),
          new (class {
            a = 1;
          })(),
        ],
      },
    ],
    ['one of objects with a field that is special to objects', { params: many(JSON.parse('{"__proto__":1}')) }],
    ['one in what JSON does not say exactly', { params: many(), none: undefined }],
    ['one that is deep in a message', { a: { b: { params: many() } } }],
  ])('is not taken out of its message when it is %s', (_, message) => {
    expect(packNumbers(message)).toBeNull();
  });

  it('may be longer than what room is made for', () => {
    const values = Array.from({ length: 2 ** 20 + 10 }, (_, index) => index);
    expect(isDeepStrictEqual(overTheLane({ values }), [{ values }])).toBe(true);
  });

  it.each([
    ['whole numbers take half the room of others', many(1), many(1.5)],
    ['objects take what their numbers take', many({ a: 1 }), many({ b: 1.5 })],
  ])('%s', (_, whole, others) => {
    const bytes = (values: unknown[]): number | undefined => encodeMessage({ params: values })[1]?.byteLength;
    expect([bytes(whole), bytes(others)]).toEqual([600 * 4, 600 * 8]);
  });

  it('leaves the message as it was', () => {
    const message = { item: { values: many(), errors: [] } };
    encodeMessage(message);
    expect(message).toEqual({ item: { values: many(), errors: [] } });
  });

  it('may stand under any name', () => {
    const message: unknown = JSON.parse(`{"__proto__":${JSON.stringify(many())}}`);
    const [arrived] = overTheLane(message);
    expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype);
    expect(isDeepStrictEqual(arrived, message)).toBe(true);
  });
});

describe('what only looks like it is no message', () => {
  it.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['no path', '{"rest":null,"keys":null,"count":1}'],
    ['a path that is no names', '{"path":[1],"rest":[null],"keys":null,"count":1}'],
    ['a place that is not there', '{"path":["a"],"rest":{},"keys":null,"count":1}'],
    ['a place in nothing', '{"path":["a","b"],"rest":{"a":null},"keys":null,"count":1}'],
    ['a place that is inherited', '{"path":["toString"],"rest":{},"keys":null,"count":1}'],
    ['nothing about fields', '{"path":[],"rest":null,"count":1}'],
    ['fields that are no names', '{"path":[],"rest":null,"keys":[1],"count":1}'],
    ['objects without fields', '{"path":[],"rest":null,"keys":[],"count":1}'],
    ['half an object', '{"path":[],"rest":null,"keys":["a","b"],"count":1}'],
    ['no count', '{"path":[],"rest":null,"keys":null}'],
    ['less than nothing', '{"path":[],"rest":null,"keys":null,"count":-1}'],
    ['more than there may be', '{"path":[],"rest":null,"keys":null,"count":1e12}'],
  ])('%s', (_, json) => {
    const head = Buffer.concat([Buffer.of(NUMBERS_TAG), Buffer.from(json)]);
    const prefix = Buffer.alloc(PREFIX_BYTES);
    prefix.writeUInt32LE(head.byteLength);
    const reader = createMessageReader(() => {});
    const send = (): void => reader.push(Buffer.concat([prefix, head, Buffer.alloc(8)]));
    expect(send).toThrow(expect.objectContaining({ code: 'contract' }));
  });
});
