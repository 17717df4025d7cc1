import { connect as connectSocket, type Socket } from 'node:net';
import { connect } from '../../protocol/contract/connect.ts';
import type { Method, Params, Result } from '../../protocol/contract/define-contract.ts';
import type { ArrayAccess, AtomicAccess } from '../array-access.ts';
import { checkRange } from '../buffer-access.ts';
import { bytesOf, type ElementType, toBytes, toElements } from '../elements.ts';
import type { SharedArrayHandle } from '../handle.ts';
import { type ArrayContract, arrayContract } from './array-contract.ts';
import { OVERHEAD_BYTES } from './serve-array.ts';
import { createSocketPort } from './socket-port.ts';

/** Access to the elements of another process. Keeps this one alive only while it waits for an answer. */
export async function connectArray<T extends ElementType>(
  type: T,
  { port: tcpPort, token, length }: Extract<SharedArrayHandle, { kind: 'messages' }>,
): Promise<{ access: ArrayAccess<T> & AtomicAccess; close: () => void }> {
  const socket = connectSocket(tcpPort, '127.0.0.1');
  socket.write(Buffer.from(token, 'hex'));
  const port = createSocketPort(socket, bytesOf(type, length) + OVERHEAD_BYTES);
  const client = connect(arrayContract, port, { onMalformed: () => port.close() });
  const request = keepingAlive(socket, (method, params) => client.request(method, params));
  await request('array.read', { start: 0, end: 0 }); // is it there, and does it know us?
  const checkIndex = (index: number): void => checkRange(length, index, index + 1);
  const access: ArrayAccess<T> & AtomicAccess = {
    read: async (start = 0, end = length) => {
      checkRange(length, start, end);
      return toElements(type, (await request('array.read', { start, end })).bytes);
    },
    write: async (values, start = 0) => {
      checkRange(length, start, start + values.length);
      await request('array.write', { start, bytes: toBytes(type, values) });
    },
    add: async (index, delta) => {
      checkIndex(index);
      return (await request('array.add', { index, delta: delta | 0 })).before;
    },
    exchange: async (index, value) => {
      checkIndex(index);
      return (await request('array.exchange', { index, value: value | 0 })).before;
    },
    compareExchange: async (index, expected, replacement) => {
      checkIndex(index);
      const params = { index, expected: expected | 0, replacement: replacement | 0 };
      return (await request('array.compareExchange', params)).before;
    },
  };
  return { access, close: () => port.close() };
}

type Request = <M extends Method<ArrayContract>>(
  method: M,
  params: Params<ArrayContract, M>,
) => Promise<Result<ArrayContract, M>>;

function keepingAlive(socket: Socket, request: Request): Request {
  let waiting = 0;
  return async (method, params) => {
    waiting += 1;
    socket.ref();
    try {
      return await request(method, params);
    } finally {
      waiting -= 1;
      if (waiting === 0) socket.unref();
    }
  };
}
