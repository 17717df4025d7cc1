import { decode } from '@msgpack/msgpack';
import { AsideError } from '../../../protocol/errors.ts';

/** The largest message of a page, in bytes: the longest text in the widest characters, with its envelope. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** A page's messages are small trees with long leaves: a play has some 30 values, 5 deep. */
const MAX_VALUES = 1_000;
const MAX_DEPTH = 16;

/**
 * Decodes one MessagePack message of an untrusted page. Throws `contract`. The shape is walked before anything is
 * built: 64 MiB of brackets would otherwise become gigabytes of arrays. Extension types are refused; messages are plain
 * data. Byte strings are views into `bytes`.
 */
export function decodeBounded(bytes: Uint8Array): unknown {
  checkShape(bytes);
  try {
    return decode(bytes);
  } catch (cause) {
    throw malformed('well-formed MessagePack', cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Leaves whatever is cut off or left over to the decoder. */
function checkShape(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const owed = [1]; // for each open container, how many values are still to come
  let values = 0;
  let position = 0;
  while (owed.length > 0 && position < bytes.length) {
    const left = owed.pop() ?? 0;
    if (left === 0) continue;
    owed.push(left - 1);
    values += 1;
    const head = readHead(view, position);
    position = head.next;
    if (head.children > 0) owed.push(head.children);
    if (values > MAX_VALUES) throw malformed(`at most ${MAX_VALUES} values`, 'more');
    if (owed.length > MAX_DEPTH + 1) throw malformed(`at most ${MAX_DEPTH} levels`, 'more');
  }
}

interface Head {
  /** Where the next value begins, or the first child of this one. */
  readonly next: number;
  readonly children: number;
}

/** Bytes after the type byte, for 0xc0 to 0xdf: a fixed payload, or a length of 1, 2 or 4 bytes before a payload. */
const FIXED_PAYLOAD: Readonly<Record<number, number>> = {
  192: 0, // nil
  194: 0, // false
  195: 0, // true
  202: 4, // float 32
  203: 8, // float 64
  204: 1, // uint 8, 16, 32, 64
  205: 2,
  206: 4,
  207: 8,
  208: 1, // int 8, 16, 32, 64
  209: 2,
  210: 4,
  211: 8,
};
const LENGTH_BYTES: Readonly<Record<number, 1 | 2 | 4>> = {
  196: 1, // bin
  197: 2,
  198: 4,
  217: 1, // str
  218: 2,
  219: 4,
  220: 2, // array
  221: 4,
  222: 2, // map
  223: 4,
};
const FIRST_ARRAY = 220;
const FIRST_MAP = 222;

/** https://github.com/msgpack/msgpack/blob/master/spec.md#formats */
function readHead(view: DataView, position: number): Head {
  const type = view.getUint8(position);
  const next = position + 1;
  if (type <= 0x7f || type >= 0xe0) return { next, children: 0 };
  if (type <= 0x8f) return { next, children: 2 * (type - 0x80) };
  if (type <= 0x9f) return { next, children: type - 0x90 };
  if (type <= 0xbf) return { next: next + type - 0xa0, children: 0 };
  const payload = FIXED_PAYLOAD[type];
  if (payload !== undefined) return { next: next + payload, children: 0 };
  const lengthBytes = LENGTH_BYTES[type];
  if (lengthBytes === undefined) throw malformed('plain data', `the type byte 0x${type.toString(16)}`);
  const length = readLength(view, next, lengthBytes);
  const start = next + lengthBytes;
  if (type < FIRST_ARRAY) return { next: start + length, children: 0 };
  return { next: start, children: type < FIRST_MAP ? length : 2 * length };
}

/** 0 where the message is cut off: the decoder tells. */
function readLength(view: DataView, position: number, lengthBytes: 1 | 2 | 4): number {
  if (position + lengthBytes > view.byteLength) return 0;
  if (lengthBytes === 1) return view.getUint8(position);
  return lengthBytes === 2 ? view.getUint16(position) : view.getUint32(position);
}

function malformed(expected: string, got: string, cause?: unknown): AsideError<'contract'> {
  return new AsideError('contract', `message: must be ${expected}, got ${got}`, {
    details: { path: 'message', expected, got },
    remedy: 'Reload the page; if it happens again, it is a defect in Aside.',
    cause,
  });
}
