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

describe('a long array of numbers', () => {
  it('arrives as the array that it was, whatever numbers they are and wherever it is', () => {
    const numbers = fc.array(fc.oneof(fc.double(), fc.integer()), { minLength: 512, maxLength: 1_000 });
    const place = fc.constantFrom<(values: number[]) => unknown>(
      (params) => ({ kind: 'request', id: 1, params }),
      (values) => ({ kind: 'progress', item: { values, errors: [] } }),
      (values) => values,
      (values) => ({ first: values, second: { values } }),
      (values) => ({ a: { b: { values } } }),
      (values) => ({ values, none: undefined }),
    );
    fc.assert(
      fc.property(numbers, place, (values, put) => {
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
    ['one in what JSON does not say exactly', { params: many(), none: undefined }],
    ['one that is deep in a message', { a: { b: { params: many() } } }],
  ])('is not taken out of its message when it is %s', (_, message) => {
    expect(packNumbers(message)).toBeNull();
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
    ['no path', '{"rest":null,"count":1}'],
    ['a path that is no names', '{"path":[1],"rest":[null],"count":1}'],
    ['a place that is not there', '{"path":["a"],"rest":{},"count":1}'],
    ['a place in nothing', '{"path":["a","b"],"rest":{"a":null},"count":1}'],
    ['a place that is inherited', '{"path":["toString"],"rest":{},"count":1}'],
    ['no count', '{"path":[],"rest":null}'],
    ['less than nothing', '{"path":[],"rest":null,"count":-1}'],
    ['more than there may be', '{"path":[],"rest":null,"count":1e12}'],
  ])('%s', (_, json) => {
    const head = Buffer.concat([Buffer.of(NUMBERS_TAG), Buffer.from(json)]);
    const prefix = Buffer.alloc(PREFIX_BYTES);
    prefix.writeUInt32LE(head.byteLength);
    const reader = createMessageReader(() => {});
    const send = (): void => reader.push(Buffer.concat([prefix, head, Buffer.alloc(8)]));
    expect(send).toThrow(expect.objectContaining({ code: 'contract' }));
  });
});
