import v8 from 'node:v8';
import { AsideError } from '../protocol/errors.ts';
import { CLONE_TAG, MAX_PARTS_BYTES, NUMBERS_TAG, PART_BYTES, typedArrays } from './format.ts';
import { unpackNumbers } from './packed-numbers.ts';

export interface DecodedHead {
  /** Memory of the message that its parts have yet to fill, in their order. */
  readonly parts: readonly Uint8Array[];
  /** The message, once they are full. Throws for what is none. */
  finish(): unknown;
}

const NO_PARTS: readonly Uint8Array[] = [];

/** Copies out of the head what is in it. Throws `contract` for what is no head. */
export function decodeHead(head: Buffer): DecodedHead {
  return orNoMessage(() => {
    if (head[0] === CLONE_TAG) return decodeClone(head);
    if (head[0] === NUMBERS_TAG) return decodeNumbers(head);
    const message: unknown = JSON.parse(head.toString());
    return { parts: NO_PARTS, finish: () => message };
  });
}

function orNoMessage<R>(decode: () => R): R {
  try {
    return decode();
  } catch (error) {
    throw noMessage(error instanceof Error ? error.message : String(error));
  }
}

function decodeClone(head: Buffer): DecodedHead {
  const parts: Uint8Array[] = [];
  let partBytes = 0;
  const reader = new v8.Deserializer(head) as CloneReader;
  reader._readHostObject = () => {
    const type = typedArrays[reader.readUint32()];
    const byteLength = reader.readUint32();
    if (!type || byteLength % type.BYTES_PER_ELEMENT !== 0) throw new TypeError('no typed array');
    const isPart = byteLength >= PART_BYTES;
    partBytes += isPart ? byteLength : 0;
    if (partBytes > MAX_PARTS_BYTES) throw new RangeError(`typed arrays of ${partBytes} bytes`);
    // Not zeroed, since nobody sees it before it is full; nor Buffer's slice of the head, which would not be a copy.
    const bytes = isPart ? Buffer.allocUnsafeSlow(byteLength) : new Uint8Array(reader.readRawBytes(byteLength));
    if (isPart) parts.push(bytes);
    return new type(bytes.buffer, 0, byteLength / type.BYTES_PER_ELEMENT);
  };
  reader.readHeader();
  const message: unknown = reader.readValue();
  return { parts, finish: () => message };
}

function decodeNumbers(head: Buffer): DecodedHead {
  const { path, rest, keys, count, areWhole } = JSON.parse(head.toString('utf8', 1)) as Readonly<
    Record<string, unknown>
  >;
  if (!isNames(path)) throw new TypeError('no path of numbers');
  if (keys !== null && !isNames(keys)) throw new TypeError('no names of fields');
  const fields = keys?.length ?? 1;
  if (!Number.isInteger(count) || (count as number) % fields !== 0) throw new TypeError('no count of numbers');
  const type = areWhole === true ? Int32Array : Float64Array;
  const byteLength = (count as number) * type.BYTES_PER_ELEMENT;
  if (byteLength <= 0 || byteLength > MAX_PARTS_BYTES) throw new RangeError(`${count} numbers`);
  const bytes = Buffer.allocUnsafeSlow(byteLength);
  const rows = { keys, numbers: new type(bytes.buffer) };
  return { parts: [bytes], finish: () => orNoMessage(() => unpackNumbers({ path, rest, rows })) };
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

/** Documented, and missing in Node's types. */
type CloneReader = v8.Deserializer & { _readHostObject: () => object };

export function noMessage(got: string): AsideError {
  const expected = 'a message in the format of lane/format.ts';
  return new AsideError('contract', `lane: ${expected}, got ${got}`, { details: { path: 'lane', expected, got } });
}
