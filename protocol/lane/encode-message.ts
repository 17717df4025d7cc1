import { AsideError } from '../errors.ts';
import { MAX_HEAD_BYTES, MAX_PARTS_BYTES, PART_BYTES, PREFIX_BYTES, typedArrays, type V8 } from './format.ts';

/**
 * A message as the bytes that go on a lane, in pieces. All but the first are the memory of the message's own typed
 * arrays, which must not change until they are written. Throws V8's own error for what cannot be cloned, and `refused`
 * for what the other side would not take.
 */
export function encodeMessage(v8: V8, message: unknown): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let partBytes = 0;
  const writer = new v8.Serializer();
  writer._setTreatArrayBufferViewsAsHostObjects?.(true);
  writer._writeHostObject = (value) => {
    const kind = typedArrays.findIndex((type) => value instanceof type);
    if (kind < 0) throw new TypeError(`${Object.prototype.toString.call(value)} cannot be sent`);
    const view = value as Uint8Array;
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    writer.writeUint32(kind);
    writer.writeUint32(bytes.byteLength);
    if (bytes.byteLength < PART_BYTES) return writer.writeRawBytes(bytes);
    parts.push(bytes);
    partBytes += bytes.byteLength;
  };
  writer.writeRawBytes(new Uint8Array(PREFIX_BYTES));
  writer.writeHeader();
  writer.writeValue(message);
  const head = writer.releaseBuffer();
  const headBytes = head.byteLength - PREFIX_BYTES;
  if (headBytes > MAX_HEAD_BYTES) throw tooLarge(headBytes, MAX_HEAD_BYTES);
  if (partBytes > MAX_PARTS_BYTES) throw tooLarge(partBytes, MAX_PARTS_BYTES);
  new DataView(head.buffer, head.byteOffset).setUint32(0, headBytes, true);
  return [head, ...parts];
}

function tooLarge(byteCount: number, limit: number): AsideError {
  const reason = `a message of ${byteCount} bytes, above the limit of ${limit}`;
  return new AsideError('refused', `It was not sent: ${reason}`, { details: { reason }, remedy: 'Send it in pieces.' });
}
