import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import type { Port } from '../../protocol/contract/port.ts';
import { AsideError } from '../../protocol/errors.ts';

/** Each message is its length in four bytes, most significant first, and then itself in V8's structured clone. */
const HEADER_BYTES = 4;

/**
 * A port over a stream. A message longer than `maxBytes` is none of ours, and closes it. `early` has been read from the
 * stream already.
 */
export function createSocketPort(socket: Socket, maxBytes: number, early?: Buffer): Port {
  const kept: unknown[] = [];
  let onMessage: ((message: unknown) => void) | undefined;
  let closedWhy: AsideError | undefined;
  const closeListeners: ((why: AsideError) => void)[] = [];

  const close = (why = disconnected()): void => {
    if (closedWhy) return;
    closedWhy = why;
    socket.destroy();
    for (const listener of closeListeners.splice(0)) listener(why);
  };
  const deliver = (): void => {
    while (kept.length > 0 && onMessage && !closedWhy) onMessage(kept.shift());
  };
  const read = createFrameReader(maxBytes, {
    onFrame: (frame) => {
      try {
        kept.push(deserialize(frame));
      } catch {
        close(); // who sends this does not speak our language
      }
      deliver();
    },
    onTooLong: () => close(),
  });
  if (early) read(early);
  socket.on('data', read);
  socket.setNoDelay(true);
  socket.on('error', () => {}); // `close` follows
  socket.on('close', () => close());

  return {
    send: (message) => {
      if (closedWhy) return;
      const body = serialize(message);
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt32BE(body.length);
      socket.write(Buffer.concat([header, body]));
    },
    onMessage: (listener) => {
      onMessage = listener;
      queueMicrotask(deliver);
    },
    onClose: (listener) => {
      const why = closedWhy;
      if (why) queueMicrotask(() => listener(why));
      else closeListeners.push(listener);
    },
    close,
  };
}

function createFrameReader(
  maxBytes: number,
  { onFrame, onTooLong }: { onFrame: (frame: Buffer) => void; onTooLong: () => void },
): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let gathered = 0;
  let wanted = HEADER_BYTES;
  let isHeader = true;
  return (chunk) => {
    chunks.push(chunk);
    gathered += chunk.length;
    while (gathered >= wanted) {
      const all = Buffer.concat(chunks);
      const part = all.subarray(0, wanted);
      chunks = [all.subarray(wanted)];
      gathered = all.length - wanted;
      if (!isHeader) onFrame(part);
      wanted = isHeader ? part.readUInt32BE() : HEADER_BYTES;
      isHeader = !isHeader;
      if (wanted > maxBytes) return onTooLong();
    }
  };
}

function disconnected(): AsideError<'disconnected'> {
  return new AsideError('disconnected', 'The shared array is gone: the process that has it has closed it or ended', {
    details: {},
    remedy: 'It lives as long as it is open in the process that created it.',
  });
}
