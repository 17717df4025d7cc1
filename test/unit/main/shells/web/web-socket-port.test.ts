import { EventEmitter } from 'node:events';
import { decode } from '@msgpack/msgpack';
import { expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { createLog } from '../../../../../main/logging/log.ts';
import { createWebSocketPort } from '../../../../../main/shells/web/web-socket-port.ts';
import { AsideError } from '../../../../../protocol/errors.ts';

/** What a port uses of a socket, and nothing behind it. */
function createPort() {
  const emitter = new EventEmitter();
  const socket = Object.assign(emitter, {
    bufferedAmount: 0,
    send: vi.fn<(data: Uint8Array) => void>(),
    close: vi.fn<(code: number, reason: string) => void>(),
    terminate: vi.fn(),
  });
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), level: 'debug' });
  return { socket, lines, port: createWebSocketPort(socket as unknown as WebSocket, log) };
}

test('leaves out what is undefined, as the contract’s optional keys want it', () => {
  const { socket, port } = createPort();

  port.send({ kind: 'result', result: { a: undefined, b: null } });

  expect(decode(socket.send.mock.calls[0]?.[0] ?? [])).toEqual({ kind: 'result', result: { b: null } });
});

test('cuts a page that lets more than 192 MiB pile up', () => {
  const { socket, lines, port } = createPort();
  const onClose = vi.fn();
  port.onClose(onClose);
  port.send({ a: 1 });
  expect(socket.terminate).not.toHaveBeenCalled();
  socket.bufferedAmount = 192 * 1024 * 1024 + 1;

  port.send({ a: 1 });

  expect(socket.terminate).toHaveBeenCalledOnce();
  expect(onClose).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'disconnected' }));
  expect(lines.join('')).toContain('does not read what it is sent');
});

test('closes over a message that cannot be encoded, and never throws', () => {
  const { socket, port } = createPort();

  port.send({ a: () => {} });

  expect(socket.close).toHaveBeenCalledExactlyOnceWith(1011, expect.any(String));
});

test('after close it drops messages, both ways', () => {
  const { socket, port } = createPort();
  const onMessage = vi.fn();
  port.onMessage(onMessage);
  port.close();

  port.send({ a: 1 });
  socket.emit('message', Buffer.from([1]), true);

  expect(socket.send).not.toHaveBeenCalled();
  expect(onMessage).not.toHaveBeenCalled();
});

test('a reason never outgrows a close frame', () => {
  const { socket, port } = createPort();

  port.close(new AsideError('contract', '語'.repeat(200), { details: { path: '', expected: '', got: '' } }));

  const [code, reason] = socket.close.mock.calls[0] ?? [];
  expect(code).toBe(1008);
  expect(reason).toBe('語'.repeat(41));
});
