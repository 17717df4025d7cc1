import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { rolldown } from 'rolldown';
import { beforeAll, expect, test, vi } from 'vitest';
import { MESSAGE_CHANNEL } from '../../../../main/shells/electron/ipc-port.ts';
import type { AsideBridge } from '../../../../renderer/connection/electron-port.ts';

let code = '';

beforeAll(async () => {
  const input = fileURLToPath(new URL('../../../../renderer/preload/preload.ts', import.meta.url));
  const bundle = await rolldown({ input, platform: 'node', external: ['electron', /^node:/] });
  const { output } = await bundle.generate({ format: 'cjs' });
  expect(output).toHaveLength(1);
  code = output[0].code;
  await bundle.close();
});

/** Runs the bundle as Electron's sandbox does: CommonJS, with a `require` that has next to nothing. */
function runPreload() {
  const listeners = new Map<string, (event: unknown, message: unknown) => void>();
  const exposed = new Map<string, unknown>();
  const required: string[] = [];
  const send = vi.fn();
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => exposed.set(name, value) },
    ipcRenderer: {
      send,
      on: (channel: string, listener: (event: unknown, message: unknown) => void) => listeners.set(channel, listener),
    },
  };
  const require = (name: string): unknown => {
    required.push(name);
    return electron;
  };
  vm.runInNewContext(code, { require, module: { exports: {} }, exports: {} });
  const bridge = exposed.get('aside') as AsideBridge;
  const receive = (message: unknown) => listeners.get(MESSAGE_CHANNEL)?.({ sender: 'secret' }, message);
  return { exposed, required, listeners, bridge, receive, send };
}

test('is one file that requires electron and nothing else', () => {
  expect(runPreload().required).toEqual(['electron']);
  expect(code).not.toMatch(/\bimport\b/);
});

test('gives the page exactly two functions', () => {
  const { exposed, bridge } = runPreload();

  expect([...exposed.keys()]).toEqual(['aside']);
  expect(Object.keys(bridge).toSorted()).toEqual(['onMessage', 'send']);
});

test('sends on the channel that main hears, and hears on no other', () => {
  const { bridge, send, listeners } = runPreload();

  bridge.send({ id: 1 });

  expect(send.mock.calls).toEqual([[MESSAGE_CHANNEL, { id: 1 }]]);
  expect([...listeners.keys()]).toEqual([MESSAGE_CHANNEL]);
});

test('hands the payload on, never the event', () => {
  const { bridge, receive } = runPreload();
  const listener = vi.fn();
  bridge.onMessage(listener);

  receive({ id: 1 });

  expect(listener.mock.calls).toEqual([[{ id: 1 }]]);
});

test('keeps messages for a page that does not listen yet', () => {
  const { bridge, receive } = runPreload();
  const listener = vi.fn();
  receive(1);
  receive(2);

  bridge.onMessage(listener);
  receive(3);

  expect(listener.mock.calls).toEqual([[1], [2], [3]]);
});
