import v8 from 'node:v8';
import { AsideError } from '../protocol/errors.ts';
import { CLONE_TAG, MAX_PARTS_BYTES, PART_BYTES, typedArrays } from './format.ts';

export interface DecodedHead {
  readonly message: unknown;
  /** Memory of the message that its parts have yet to fill, in their order. */
  readonly parts: readonly Uint8Array[];
}

const NO_PARTS: readonly Uint8Array[] = [];

/** Copies out of the head what is in it. Throws `contract` for what is no head. */
export function decodeHead(head: Buffer): DecodedHead {
  try {
    if (head[0] === CLONE_TAG) return decodeClone(head);
    return { message: JSON.parse(head.toString()), parts: NO_PARTS };
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
    // Not Buffer's slice, which would not copy.
    const bytes = isPart ? new Uint8Array(byteLength) : new Uint8Array(reader.readRawBytes(byteLength));
    if (isPart) parts.push(bytes);
    return new type(bytes.buffer, 0, byteLength / type.BYTES_PER_ELEMENT);
  };
  reader.readHeader();
  return { message: reader.readValue(), parts };
}

/** Documented, and missing in Node's types. */
type CloneReader = v8.Deserializer & { _readHostObject: () => object };

export function noMessage(got: string): AsideError {
  const expected = 'a message in the format of lane/format.ts';
  return new AsideError('contract', `lane: ${expected}, got ${got}`, { details: { path: 'lane', expected, got } });
}
