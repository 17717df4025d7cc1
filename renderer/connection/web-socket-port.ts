import { decode, encode } from '@msgpack/msgpack';
import type { Port } from '../../protocol/contract/port.ts';
import { AsideError } from '../../protocol/errors.ts';
import { PortEvents } from './port-events.ts';

const CLOSED_BY_PAGE = 1000;

/**
 * A port to the web shell: one MessagePack message in each binary frame. Returned at once; messages sent before the
 * socket is open wait for it, and a socket that never opens is a port that closes.
 * @param url `ws:` address of the shell's socket
 */
export function openWebSocketPort(url: string): Port {
  const events = new PortEvents();
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  let isOpen = false;
  let early: Uint8Array<ArrayBuffer>[] = [];

  socket.addEventListener('open', () => {
    isOpen = true;
    for (const message of early.splice(0)) socket.send(message);
  });
  socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
    let message: unknown;
    try {
      message = decode(data);
    } catch {
      events.closed(notMessagePack(data.byteLength));
      socket.close(CLOSED_BY_PAGE);
      return;
    }
    events.received(message);
  });
  socket.addEventListener('error', () => {}); // says nothing of the cause, and 'close' follows
  socket.addEventListener('close', () => {
    events.closed(disconnected(isOpen ? 'Aside has ended.' : 'Aside does not answer.'));
  });

  return {
    send: (message) => {
      if (events.isClosed) return;
      const bytes = encode(message, { ignoreUndefined: true });
      if (isOpen) socket.send(bytes);
      else early.push(bytes);
    },
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close: (why = disconnected('The page closed the connection.')) => {
      events.closed(why);
      early = [];
      socket.close(CLOSED_BY_PAGE);
    },
  };
}

function notMessagePack(bytes: number): AsideError {
  return new AsideError('contract', `Aside sent ${bytes} bytes that are no message.`, {
    details: { path: 'message', expected: 'MessagePack', got: `${bytes} bytes` },
    remedy: 'Reload the page.',
  });
}

function disconnected(message: string): AsideError {
  return new AsideError('disconnected', message, {
    details: {},
    remedy: 'Reconnect, or start Aside again. Your text is still here.',
  });
}
