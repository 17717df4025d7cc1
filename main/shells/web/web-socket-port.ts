import { encode } from '@msgpack/msgpack';
import type { WebSocket } from 'ws';
import type { Port } from '../../../protocol/contract/port.ts';
import { AsideError, isAsideError } from '../../../protocol/errors.ts';
import type { Log } from '../../logging/log.ts';
import { createPortEnd } from '../port-end.ts';
import { decodeBounded } from './bounded-msgpack.ts';

/**
 * What may wait for a page that does not read, in bytes. Audio is bounded by credit and never comes near; the largest
 * text takes 60 MB. A page beyond it is stuck, and its connection is cut rather than main's memory filled.
 */
const MAX_BUFFERED_BYTES = 192 * 1024 * 1024;

/** Why a socket was closed, from https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number */
const CLOSE_CODES = { goingAway: 1001, notBinary: 1003, notMessagePack: 1007, notInContract: 1008, defect: 1011 };

/** A port over one WebSocket that is open: one MessagePack message in each binary frame, both ways. */
export function createWebSocketPort(socket: WebSocket, log: Log): Port {
  const end = createPortEnd();

  function close(code: number, why: AsideError): void {
    if (!end.closed(why)) return;
    socket.close(code, clipReason(why.message));
  }

  function refuse(code: number, error: AsideError): void {
    log.warn('a page sent what it must not; its connection is closed', { closeCode: code, error });
    close(code, error);
  }

  socket.on('message', (data: Buffer, isBinary) => {
    if (!end.isOpen) return; // closing: what a page still sends is of no interest
    if (!isBinary) return refuse(CLOSE_CODES.notBinary, textFrame(data.length));
    let message: unknown;
    try {
      message = decodeBounded(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    } catch (error) {
      if (!isAsideError(error, 'contract')) throw error;
      return refuse(CLOSE_CODES.notMessagePack, error);
    }
    end.deliver(message);
  });
  socket.on('error', (error) => log.warn('a connection to a page failed', { error: error.message })); // 'close' follows
  socket.on('close', (code) => end.closed(disconnected(`The page has gone (close code ${code})`)));

  return {
    send: (message) => {
      if (!end.isOpen) return;
      try {
        socket.send(encode(message, { ignoreUndefined: true }), () => {}); // a failed send is followed by 'close'
      } catch (error) {
        log.error('a message to a page cannot be sent', { error });
        close(CLOSE_CODES.defect, new AsideError('internal', 'A message to the page cannot be sent', { details: {} }));
      }
      if (socket.bufferedAmount <= MAX_BUFFERED_BYTES) return;
      log.warn('a page does not read what it is sent; its connection is cut', { bufferedBytes: socket.bufferedAmount });
      end.closed(disconnected('The page does not read what it is sent'));
      socket.terminate(); // it would not read a close frame either
    },
    onMessage: end.onMessage,
    onClose: end.onClose,
    close: (why = disconnected('Aside is closing')) => {
      const code = isAsideError(why, 'contract') ? CLOSE_CODES.notInContract : CLOSE_CODES.goingAway;
      close(code, why);
    },
  };
}

function disconnected(message: string): AsideError<'disconnected'> {
  return new AsideError('disconnected', message, { details: {}, remedy: 'Reload the page.' });
}

function textFrame(bytes: number): AsideError<'contract'> {
  return new AsideError('contract', `message: must be a binary frame, got a text frame of ${bytes} bytes`, {
    details: { path: 'message', expected: 'a binary frame', got: `a text frame of ${bytes} bytes` },
  });
}

/** A close frame has room for 123 bytes of UTF-8. */
function clipReason(message: string): string {
  let clipped = message.slice(0, 123);
  while (Buffer.byteLength(clipped) > 123) clipped = clipped.slice(0, -1);
  return clipped;
}
