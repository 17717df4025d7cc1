import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMessage } from '../../../lane/encode-message.ts';
import { MAX_HEAD_BYTES, PART_BYTES, typedArrays } from '../../../lane/format.ts';
import { createMessageReader, type MessageReader } from '../../../lane/message-reader.ts';

/** All bytes of some messages, as they follow each other on a lane. */
function bytesOf(...messages: unknown[]): Uint8Array {
  return new Uint8Array(Buffer.concat(messages.flatMap((message) => encodeMessage(message))));
}

function readerTo(received: unknown[]): MessageReader {
  return createMessageReader((message) => received.push(message));
}

function read(bytes: Uint8Array): unknown[] {
  const received: unknown[] = [];
  readerTo(received).push(bytes);
  return received;
}

const LAST_PIECES_BYTES = 1_000;

/** Bytes that no zeroed memory looks like. */
function pattern(length: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => ((index * 31 + seed) % 251) | 1);
}

/** A typed array of that many bytes, small or large enough to be a part. */
const anyTypedArray = fc
  .tuple(fc.constantFrom(...typedArrays), fc.constantFrom(0, 8, 4_096, PART_BYTES, PART_BYTES + 8), fc.nat(250))
  .map(([type, byteLength, seed]) => new type(pattern(byteLength, seed).buffer as ArrayBuffer));

/** Some of them as JSON, the others as clones. */
const anyMessage = fc.oneof(
  fc.jsonValue(),
  fc.record({
    kind: fc.string(),
    json: fc.jsonValue(),
    none: fc.constant(undefined),
    arrays: fc.array(anyTypedArray, { maxLength: 4 }),
    long: fc.constantFrom('', 'ä😀'.repeat(20_000)),
  }),
);

describe('messages on a lane', () => {
  it('arrive as they were, in their order, in whatever pieces their bytes come', () => {
    const anyPieces = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 150_000 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 5 }), anyPieces, (messages, pieces) => {
        const received: unknown[] = [];
        const reader = readerTo(received);
        const bytes = bytesOf(...messages);
        for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
          const piece = bytes.subarray(from, from + (pieces[turn] ?? LAST_PIECES_BYTES));
          reader.push(piece);
          from += piece.length;
        }
        expect(isDeepStrictEqual(received, structuredClone(messages))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('arrive as they were when they are read to where they shall lie', () => {
    const messages = [{ small: 1 }, { large: pattern(300_000) }, { text: 'x'.repeat(100_000) }, { last: pattern(20) }];
    const received: unknown[] = [];
    const reader = readerTo(received);
    const bytes = bytesOf(...messages);
    for (let from = 0; from < bytes.length; ) {
      const room = reader.room();
      const piece = bytes.subarray(from, from + Math.min(room.length, 70_000));
      room.set(piece);
      reader.filled(piece.length);
      from += piece.length;
    }
    expect(isDeepStrictEqual(received, messages)).toBe(true);
  });

  it.each([
    ['undefined', { none: undefined, list: [undefined] }],
    ['what is no number', [Number.NaN, Number.POSITIVE_INFINITY, -0]],
    ['half a surrogate pair', { text: '\ud800' }],
    ['a hole', Array(2)],
    ['a date', { at: new Date(0) }],
    ['itself', loop()],
    ['a key that is special to objects', JSON.parse('{"__proto__": 1}')],
  ])('may hold %s, where JSON alone would not do', (_, message) => {
    expect(isDeepStrictEqual(read(bytesOf(message)), [structuredClone(message)])).toBe(true);
  });

  it('keep the kind of a typed array, and make a Buffer an Uint8Array', () => {
    const arrays = [...typedArrays.map((type) => new type(8)), Buffer.from('abc')];
    const [received] = read(bytesOf(arrays)) as unknown[][];
    expect(received?.map((array) => array?.constructor)).toEqual([...typedArrays, Uint8Array]);
  });

  it('take of a typed array that looks at a part of its memory only that part', () => {
    const memory = pattern(100_000);
    const message = [memory.subarray(3, 10), memory.subarray(5, 5 + PART_BYTES)];
    expect(bytesOf(message).length).toBeLessThan(PART_BYTES + 200);
    expect(isDeepStrictEqual(read(bytesOf(message)), [message])).toBe(true);
  });

  it('share no memory with what they were read from', () => {
    const bytes = bytesOf({ small: pattern(8), large: pattern(PART_BYTES) });
    const [message] = read(bytes);
    bytes.fill(0);
    expect(isDeepStrictEqual(message, { small: pattern(8), large: pattern(PART_BYTES) })).toBe(true);
  });

  it('are written without a copy of what is large', () => {
    const large = pattern(PART_BYTES);
    expect(encodeMessage({ large })[1]?.buffer).toBe(large.buffer);
  });

  it.each([
    ['a function', { run: () => {} }],
    ['a DataView', { view: new DataView(new ArrayBuffer(8)) }],
    ['a symbol', { name: Symbol('x') }],
  ])('cannot hold %s', (_, message) => {
    expect(() => encodeMessage(message)).toThrow();
  });

  it('are refused when they are larger than what the other side takes', () => {
    const text = 'x'.repeat(MAX_HEAD_BYTES);
    expect(() => encodeMessage({ text })).toThrow(expect.objectContaining({ code: 'refused' }));
  });
});

function loop(): unknown {
  const message: { self?: unknown } = {};
  message.self = message;
  return message;
}

describe('what is no message', () => {
  const prefix = (headBytes: number): Uint8Array => new Uint8Array(Uint32Array.of(headBytes).buffer);
  const contractError = expect.objectContaining({
    code: 'contract',
    details: expect.objectContaining({ path: 'lane' }),
  });

  it.each([
    ['a head above the bound', prefix(MAX_HEAD_BYTES + 1)],
    ['an empty head', prefix(0)],
    ['a head of other bytes', Buffer.concat([prefix(4), Buffer.from('nope')])],
    ['JSON that is cut off', Buffer.concat([prefix(4), Buffer.from('{"a"')])],
    ['text', Buffer.from('Segmentation fault\n')],
    ['a typed array of no kind', withHead([255, 15, 92, 99, 8])],
    ['a typed array of half a number', withHead([255, 15, 92, 5, 3, 1, 2, 3])],
    ['a typed array that is not there', withHead([255, 15, 92, 0, 8, 1, 2])],
    ['typed arrays above the bound', withHead([255, 15, 92, 0, 0xff, 0xff, 0xff, 0xff, 0x0f])],
  ])('is found out: %s', (_, bytes) => {
    expect(() => read(bytes)).toThrow(contractError);
  });

  it('does not keep what came before it from being delivered', () => {
    const received: unknown[] = [];
    const bytes = Buffer.concat([bytesOf({ n: 1 }, { n: 2 }), prefix(MAX_HEAD_BYTES + 1)]);
    expect(() => readerTo(received).push(bytes)).toThrow(contractError);
    expect(received).toEqual([{ n: 1 }, { n: 2 }]);
  });

  /** V8's own header (255, 15), its mark of a host object (92), and what follows. */
  function withHead(head: number[]): Uint8Array {
    return Buffer.concat([prefix(head.length), Buffer.from(head)]);
  }
});
