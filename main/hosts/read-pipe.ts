import { Socket, type SocketConstructorOpts } from 'node:net';
import type { Readable } from 'node:stream';

/** Who says where bytes are to be put, and hears how many were. `push` is for those that lie elsewhere already. */
export interface ByteTaker {
  /** Never empty. */
  room(): Uint8Array;
  filled(byteCount: number): void;
  push(bytes: Uint8Array): void;
}

/**
 * Reads a pipe of a child to its end, and returns the stream that then says so, or is destroyed to stop.
 *
 * Only who makes a socket can have Node read straight into memory of its choice; else it reads at most 64 KB at a time,
 * each into new memory, to be copied from there. The sockets of a child are made by `fork`. So another one takes over the
 * system's handle, which Node calls `_handle`; where there is none of that name, bytes are copied.
 */
export function readPipe(pipe: Readable, taker: ByteTaker): Readable {
  const handle = takeHandle(pipe);
  const stream = handle === null ? pipe.on('data', (bytes: Uint8Array) => taker.push(bytes)) : readInto(handle, taker);
  return stream.on('error', () => {}); // a pipe that breaks says no more than the exit that broke it
}

/** From then on the socket has none, as after Node itself has handed one on to another process. */
function takeHandle(pipe: Readable): object | null {
  if (!(pipe instanceof Socket) || !('_handle' in pipe) || typeof pipe._handle !== 'object') return null;
  const handle = pipe._handle;
  pipe._handle = null;
  return handle;
}

function readInto(handle: object, taker: ByteTaker): Readable {
  const read = (byteCount: number): boolean => {
    taker.filled(byteCount);
    return true;
  };
  // Node's types know neither `handle` nor `onread` here.
  const options = { handle, readable: true, writable: false, onread: { buffer: () => taker.room(), callback: read } };
  return new Socket(options as SocketConstructorOpts).resume(); // without which its end is never seen
}
