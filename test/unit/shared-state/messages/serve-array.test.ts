import { connect, type Socket } from 'node:net';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SharedArrayHandle } from '../../../../shared-state/handle.ts';
import { connectArray } from '../../../../shared-state/messages/connect-array.ts';
import { serveArray } from '../../../../shared-state/messages/serve-array.ts';

type Handle = Extract<SharedArrayHandle, { kind: 'messages' }>;
const elements = new Int32Array(4);
let handle: Handle;
let close: () => void;

beforeEach(async () => {
  elements.fill(0);
  const served = await serveArray('int32', elements);
  handle = served.handle as Handle;
  close = served.close;
});
afterEach(() => close());

const token = (): Buffer => Buffer.from(handle.token, 'hex');
const add = { kind: 'request', id: 0, method: 'array.add', params: { index: 0, delta: 1 } };

function frame(message: unknown): Buffer {
  const body = serialize(message);
  const header = Buffer.alloc(4);
  header.writeUInt32BE(body.length);
  return Buffer.concat([header, body]);
}

/** Sends bytes and resolves with the number of bytes that came back, when the other side has closed. */
function send(...parts: Buffer[]): Promise<number> {
  return new Promise((resolve) => {
    const socket: Socket = connect(handle.port, '127.0.0.1');
    let received = 0;
    socket.on('data', (chunk) => {
      received += chunk.length;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
    for (const part of parts) socket.write(part);
  });
}

describe('an array that is served', () => {
  it('listens to nobody who does not know the token', async () => {
    expect(await send(Buffer.alloc(32), frame(add))).toBe(0);
    expect(elements[0]).toBe(0);
  });

  it.each([
    ['is longer than an array can be', () => [Buffer.from([255, 255, 255, 255])]],
    ['is no message at all', () => [Buffer.from([0, 0, 0, 2, 1, 2])]],
    ['is no message of the contract', () => [frame({ kind: 'order' })]],
  ])('closes to who sends what %s', async (_, parts) => {
    expect(await send(token(), ...parts())).toBe(0);
  });

  it('takes a message in pieces, also together with the token', async () => {
    const whole = Buffer.concat([token(), frame(add)]);
    const socket = connect(handle.port, '127.0.0.1').setNoDelay(true);
    const answered = new Promise((resolve) => socket.once('data', resolve));
    for (const from of [0, 20, 34, 60]) {
      const next = [20, 34, 60, whole.length][[0, 20, 34, 60].indexOf(from)];
      await new Promise<void>((resolve) => socket.write(whole.subarray(from, next), () => resolve()));
    }
    await answered;
    expect(elements[0]).toBe(1);
    socket.destroy();
  });

  it('answers many at once, each with its own', async () => {
    const { access, close: hangUp } = await connectArray('int32', handle);
    const before = await Promise.all(Array.from({ length: 100 }, () => access.add(2, 1)));
    expect(before).toEqual(Array.from({ length: 100 }, (_, index) => index));
    hangUp();
    await expect(access.add(2, 1)).rejects.toMatchObject({ code: 'disconnected' });
  });

  it('tells those who wait when it is closed', async () => {
    const { access } = await connectArray('int32', handle);
    const waiting = access.read();
    close();
    await expect(waiting).rejects.toMatchObject({ code: 'disconnected' });
  });
});
