import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Handlers, serve } from '../../protocol/contract/serve.ts';
import { createBufferAccess } from '../buffer-access.ts';
import { type Elements, type ElementType, toElements } from '../elements.ts';
import type { SharedArrayHandle } from '../handle.ts';
import { type ArrayContract, arrayContract } from './array-contract.ts';
import { createSocketPort } from './socket-port.ts';

/** What a message has beside elements. */
export const OVERHEAD_BYTES = 1_000;

const TOKEN_BYTES = 32;

/**
 * Lets other processes at the elements, through a port of 127.0.0.1: nothing of it is left in the file system, however
 * this process ends. Only who begins with the token of the handle is listened to. Keeps no process alive.
 */
export async function serveArray<T extends ElementType>(
  type: T,
  elements: Elements[T],
): Promise<{ handle: SharedArrayHandle; close: () => void }> {
  const token = randomBytes(TOKEN_BYTES);
  const handlers = createHandlers(type, elements);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.unref());
    socket.once('close', () => sockets.delete(socket)).on('error', () => {});
    admit(socket, token, (early) => {
      const port = createSocketPort(socket, elements.byteLength + OVERHEAD_BYTES, early);
      serve(arrayContract, port, handlers, () => port.close());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    handle: { kind: 'messages', port, token: token.toString('hex'), type, length: elements.length },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function createHandlers<T extends ElementType>(type: T, elements: Elements[T]): Handlers<ArrayContract> {
  const access = createBufferAccess(elements);
  return {
    'array.read': async ({ start, end }) => {
      const { buffer, byteLength } = await access.read(start, end);
      return { bytes: new Uint8Array(buffer, 0, byteLength) };
    },
    'array.write': async ({ start, bytes }) => {
      await access.write(toElements(type, bytes), start);
      return {};
    },
    'array.add': async ({ index, delta }) => ({ before: await access.add(index, delta) }),
    'array.exchange': async ({ index, value }) => ({ before: await access.exchange(index, value) }),
    'array.compareExchange': async ({ index, expected, replacement }) => ({
      before: await access.compareExchange(index, expected, replacement),
    }),
  };
}

/** Reads nothing of what comes after a wrong token. */
function admit(socket: Socket, token: Buffer, onAdmitted: (early: Buffer) => void): void {
  let got = Buffer.alloc(0);
  const read = (chunk: Buffer): void => {
    got = Buffer.concat([got, chunk]);
    if (got.length < token.length) return;
    socket.off('data', read);
    if (timingSafeEqual(got.subarray(0, token.length), token)) onAdmitted(got.subarray(token.length));
    else socket.destroy();
  };
  socket.on('data', read);
}
