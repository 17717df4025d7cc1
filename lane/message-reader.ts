import { decodeHead, noMessage } from './decode-head.ts';
import { MAX_HEAD_BYTES, PREFIX_BYTES } from './format.ts';

/** Room for what is small: prefixes, and heads that fit. */
const DESK_BYTES = 64 * 1024;

/**
 * Makes messages of the bytes of a lane. Who reads them puts them into `room()`, which is where they belong, and says
 * with `filled` how many there were. `push` does both for bytes that lie elsewhere already. Both deliver the messages
 * that are complete, and throw `contract` for what is none; nothing may be read after that.
 */
export interface MessageReader {
  /** Never empty. Another one after each `filled`. */
  room(): Uint8Array;
  filled(byteCount: number): void;
  push(bytes: Uint8Array): void;
}

/** Memory outside of the desk, and what is to be done when it is full. */
interface Filling {
  readonly places: Uint8Array[];
  readonly onFull: () => void;
}

export function createMessageReader(onMessage: (message: unknown) => void): MessageReader {
  const desk = Buffer.allocUnsafeSlow(DESK_BYTES);
  let start = 0;
  let end = 0;
  let filling: Filling | null = null;

  /** Returns false when it takes more bytes to go on. */
  function beginMessage(): boolean {
    if (end - start < PREFIX_BYTES) return false;
    const headBytes = desk.readUInt32LE(start);
    if (headBytes > MAX_HEAD_BYTES) throw noMessage(`a head of ${headBytes} bytes`);
    start += PREFIX_BYTES;
    if (end - start < headBytes) {
      const head = Buffer.allocUnsafeSlow(headBytes);
      filling = { places: [head], onFull: () => takeHead(head) };
      return true;
    }
    const head = desk.subarray(start, start + headBytes);
    start += headBytes;
    takeHead(head);
    return true;
  }

  function takeHead(head: Buffer): void {
    const { parts, finish } = decodeHead(head);
    if (parts.length > 0) filling = { places: [...parts], onFull: () => onMessage(finish()) };
    else onMessage(finish());
  }

  /** Moves what lies on the desk and belongs elsewhere. Returns false when it takes more bytes to go on. */
  function goOnFilling({ places, onFull }: Filling): boolean {
    while (places[0] && start < end) {
      const bytes = desk.subarray(start, Math.min(end, start + places[0].byteLength));
      places[0].set(bytes);
      start += bytes.byteLength;
      shrink(places, bytes.byteLength);
    }
    if (places[0]) return false;
    filling = null;
    onFull();
    return true;
  }

  const room = (): Uint8Array => filling?.places[0] ?? desk.subarray(end);
  const filled = (byteCount: number): void => {
    if (filling) shrink(filling.places, byteCount);
    else end += byteCount;
    for (let hasMore = true; hasMore; ) hasMore = filling ? goOnFilling(filling) : beginMessage();
    if (start < end) desk.copyWithin(0, start, end); // a part of a prefix
    end -= start;
    start = 0;
  };
  return {
    room,
    filled,
    push: (bytes) => {
      for (let from = 0; from < bytes.byteLength; ) {
        const to = room();
        const piece = bytes.subarray(from, from + to.byteLength);
        to.set(piece);
        from += piece.byteLength;
        filled(piece.byteLength);
      }
    },
  };
}

function shrink(places: Uint8Array[], byteCount: number): void {
  const rest = places[0]?.subarray(byteCount);
  if (rest && rest.byteLength > 0) places[0] = rest;
  else places.shift();
}
