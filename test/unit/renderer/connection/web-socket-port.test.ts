import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { decode, encode } from '@msgpack/msgpack';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocket, WebSocketServer } from 'ws';
import type { AsideError } from '../../../../protocol/errors.ts';
import { openWebSocketPort } from '../../../../renderer/connection/web-socket-port.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

let server: WebSocketServer;
let url: string;

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket); // Node 20 has none; this one keeps to the browser's interface
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/socket`;
});

afterEach(async () => {
  for (const client of server.clients) client.terminate();
  await new Promise((resolve) => server.close(resolve));
  vi.unstubAllGlobals();
});

async function accepted(): Promise<ServerSocket> {
  const [socket] = (await once(server, 'connection')) as [ServerSocket];
  return socket;
}

async function nextMessage(socket: ServerSocket): Promise<unknown> {
  const [data, isBinary] = (await once(socket, 'message')) as [Buffer, boolean];
  expect(isBinary).toBe(true);
  return decode(data);
}

test('sends messages as MessagePack, also those from before it was open, in order', async () => {
  const port = openWebSocketPort(url);
  port.send({ kind: 'request', id: 0, params: {} });
  port.send({ second: true });
  const socket = await accepted();
  const received: unknown[] = [];
  socket.on('message', (data: Buffer) => received.push(decode(data)));

  await waitFor(() => expect(received).toEqual([{ kind: 'request', id: 0, params: {} }, { second: true }]));
  port.close();
});

test('leaves out what is undefined', async () => {
  const port = openWebSocketPort(url);
  port.send({ a: 1, b: undefined });

  expect(await nextMessage(await accepted())).toEqual({ a: 1 });
  port.close();
});

test('keeps what arrives before there is a listener, and gives bytes as Uint8Array', async () => {
  const port = openWebSocketPort(url);
  const socket = await accepted();
  socket.send(encode({ pcm: Uint8Array.of(1, 2, 3) }));
  socket.send(encode('second'));
  await waitFor(() => expect(socket.bufferedAmount).toBe(0));
  const received: unknown[] = [];
  port.onMessage((message) => received.push(message));

  await waitFor(() => expect(received).toEqual([{ pcm: Uint8Array.of(1, 2, 3) }, 'second']));
  port.close();
});

test('closes when the server ends, and says so', async () => {
  const port = openWebSocketPort(url);
  const closed = new Promise<AsideError>((resolve) => port.onClose(resolve));
  const socket = await accepted();
  port.send('so that it is open');
  await once(socket, 'message');
  socket.terminate();

  expect(await closed).toMatchObject({ code: 'disconnected', message: 'Aside has ended.' });
});

test('closes when nobody answers at that address', async () => {
  const port = openWebSocketPort('ws://127.0.0.1:9/socket');

  const why = await new Promise<AsideError>((resolve) => port.onClose(resolve));
  expect(why).toMatchObject({ code: 'disconnected', message: 'Aside does not answer.' });
});

test('a message that cannot be decoded ends the connection', async () => {
  const port = openWebSocketPort(url);
  const closed = new Promise<AsideError>((resolve) => port.onClose(resolve));
  port.onMessage(() => {});
  (await accepted()).send(Uint8Array.of(0xc1));

  expect(await closed).toMatchObject({ code: 'contract' });
});

test('closes once, drops what is sent afterwards, and tells a late listener', async () => {
  const port = openWebSocketPort(url);
  const socket = await accepted();
  const listener = vi.fn();
  port.onClose(listener);
  port.close();
  port.close();
  port.send('too late');
  await once(socket, 'close');

  expect(listener).toHaveBeenCalledOnce();
  await new Promise<void>((resolve) => port.onClose(() => resolve()));
});
