import { writevSync } from 'node:fs';
import { Socket } from 'node:net';
import { encodeMessage } from '../../lane/encode-message.ts';
import { createMessageReader } from '../../lane/message-reader.ts';

/** The file descriptors of a host's lane, opened by its launcher: what main writes, and what main reads. */
export interface LaneDescriptors {
  readonly fromMain: number;
  readonly toMain: number;
}

/** The engine thread's end of the lane (`main/hosts/lane.ts` is the other). */
export interface EngineLane {
  /**
   * Writes it before it returns, so that it also leaves from inside a native call; blocks while main is behind with
   * reading. Throws what V8 throws for what cannot be cloned. Does nothing once main is gone: the channel's closing says so.
   */
  send(message: unknown): void;
  close(): void;
}

/** `onMalformed` is called at most once, and nothing is read after it. */
export function openEngineLane(
  { fromMain, toMain }: LaneDescriptors,
  onMessage: (message: unknown) => void,
  onMalformed: (error: unknown) => void,
): EngineLane {
  const reader = createMessageReader(onMessage);
  const read = (byteCount: number): boolean => {
    try {
      reader.filled(byteCount);
      return true;
    } catch (error) {
      onMalformed(error);
      return false;
    }
  };
  // Node reads straight into the memory that the message will be made of. Its types know `onread` for `connect` only.
  const options = { readable: true, writable: false, onread: { buffer: () => reader.room(), callback: read } };
  const socket = new Socket({ fd: fromMain, ...options });
  socket.on('error', () => {}); // as above: main is gone
  return {
    send: (message) => writeAll(toMain, encodeMessage(message)),
    close: () => socket.destroy(),
  };
}

/** The descriptor blocks; still, a signal may cut a write short. */
function writeAll(fd: number, pieces: Uint8Array[]): void {
  try {
    for (let left = pieces; left.length > 0; ) left = after(left, writevSync(fd, left));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EPIPE' && code !== 'ECONNRESET') throw error;
  }
}

/** What is left of the pieces after their first `byteCount` bytes. */
function after(pieces: Uint8Array[], byteCount: number): Uint8Array[] {
  let skipped = byteCount;
  let index = 0;
  for (; index < pieces.length && skipped >= (pieces[index]?.byteLength ?? 0); index += 1) {
    skipped -= pieces[index]?.byteLength ?? 0;
  }
  const [first, ...others] = pieces.slice(index);
  return first ? [first.subarray(skipped), ...others] : [];
}
