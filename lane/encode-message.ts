import v8 from 'node:v8';
import { AsideError } from '../protocol/errors.ts';
import { MAX_HEAD_BYTES, MAX_PARTS_BYTES, NUMBERS_TAG, PART_BYTES, PREFIX_BYTES, typedArrays } from './format.ts';
import { isJson } from './is-json.ts';
import { type PackedNumbers, packNumbers } from './packed-numbers.ts';

/** UTF-8 takes up to three bytes for a UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;

/**
 * A message as the bytes that go on a lane, in pieces. All but the first are the memory of the message's own typed
 * arrays, which must not change until they are written. Throws V8's own error for what cannot be cloned, and `refused`
 * for what the other side would not take.
 */
export function encodeMessage(message: unknown): Uint8Array[] {
  const packed = packNumbers(message);
  if (packed) return encodeNumbers(packed);
  return isJson(message) ? [encodeJson(message)] : encodeClone(message);
}

function encodeNumbers({ path, rest, rows: { keys, numbers } }: PackedNumbers): Uint8Array[] {
  checkSize(numbers.byteLength, MAX_PARTS_BYTES);
  const areWhole = numbers instanceof Int32Array;
  return [
    encodeJson({ path, rest, keys, count: numbers.length, areWhole }, [NUMBERS_TAG]),
    new Uint8Array(numbers.buffer, 0, numbers.byteLength),
  ];
}

function encodeJson(message: unknown, tag: readonly number[] = []): Uint8Array {
  const text = JSON.stringify(message);
  const head = Buffer.allocUnsafe(PREFIX_BYTES + tag.length + text.length * MAX_BYTES_PER_UNIT);
  head.set(tag, PREFIX_BYTES);
  const headBytes = tag.length + head.write(text, PREFIX_BYTES + tag.length);
  checkSize(headBytes, MAX_HEAD_BYTES);
  head.writeUInt32LE(headBytes, 0);
  return head.subarray(0, PREFIX_BYTES + headBytes);
}

function encodeClone(message: unknown): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const writer = new v8.Serializer() as CloneWriter;
  writer._setTreatArrayBufferViewsAsHostObjects(true);
  writer._writeHostObject = (value) => {
    const kind = typedArrays.findIndex((type) => value instanceof type);
    if (kind < 0) throw new TypeError(`${Object.prototype.toString.call(value)} cannot be sent`);
    const view = value as Uint8Array;
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    writer.writeUint32(kind);
    writer.writeUint32(bytes.byteLength);
    if (bytes.byteLength < PART_BYTES) writer.writeRawBytes(bytes);
    else parts.push(bytes);
  };
  writer.writeRawBytes(new Uint8Array(PREFIX_BYTES));
  writer.writeHeader();
  writer.writeValue(message);
  const head = writer.releaseBuffer();
  const headBytes = head.byteLength - PREFIX_BYTES;
  checkSize(headBytes, MAX_HEAD_BYTES);
  checkSize(
    parts.reduce((sum, { byteLength }) => sum + byteLength, 0),
    MAX_PARTS_BYTES,
  );
  head.writeUInt32LE(headBytes, 0);
  return [head, ...parts];
}

/** Documented, and missing in Node's types. */
type CloneWriter = v8.Serializer & {
  _setTreatArrayBufferViewsAsHostObjects(flag: boolean): void;
  _writeHostObject: (value: object) => void;
};

function checkSize(byteCount: number, limit: number): void {
  if (byteCount <= limit) return;
  const reason = `a message of ${byteCount} bytes, above the limit of ${limit}`;
  throw new AsideError('refused', `It was not sent: ${reason}`, { details: { reason }, remedy: 'Send it in pieces.' });
}
