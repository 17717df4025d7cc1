import { expect, test, vi } from 'vitest';
import { createLog } from '../../../../../main/logging/log.ts';
import { acceptPagePorts } from '../../../../../main/shells/electron/ipc-port.ts';
import type { Port } from '../../../../../protocol/contract/port.ts';
import type { AsideError } from '../../../../../protocol/errors.ts';
import { createFakeContents } from './fake-contents.ts';

/** Contents whose ports are collected, with what each has heard and how it closed. */
function acceptPorts() {
  const fake = createFakeContents();
  const pages: { port: Port; heard: unknown[]; closed: AsideError[] }[] = [];
  const lines: string[] = [];
  const onPort = (port: Port): void => {
    const page = { port, heard: [] as unknown[], closed: [] as AsideError[] };
    port.onMessage((message) => page.heard.push(message));
    port.onClose((why) => page.closed.push(why));
    pages.push(page);
  };
  acceptPagePorts(fake.contents, onPort, createLog({ write: (line) => lines.push(line), level: 'debug' }));
  return { ...fake, pages, lines };
}

test('gives a page its port at the first message, and hands over the payload', () => {
  const { receive, pages } = acceptPorts();
  expect(pages).toHaveLength(0);

  receive({ id: 1 });
  receive({ id: 2 });

  expect(pages.map(({ heard }) => heard)).toEqual([[{ id: 1 }, { id: 2 }]]);
});

test('sends on the one channel', () => {
  const { receive, pages, send } = acceptPorts();
  receive(1);

  pages[0]?.port.send({ kind: 'event' });

  expect(send.mock.calls).toEqual([['aside:message', { kind: 'event' }]]);
});

test('a reload ends the port of the page before it and gives the next one its own', () => {
  const { receive, emit, pages, send } = acceptPorts();
  receive('old');

  emit('did-navigate');
  receive('new');
  pages[0]?.port.send('late');

  expect(pages.map(({ heard }) => heard)).toEqual([['old'], ['new']]);
  expect(pages.map(({ closed }) => closed.map(({ message }) => message))).toEqual([['The page was loaded again'], []]);
  expect(send).not.toHaveBeenCalled();
});

test.each([
  ['render-process-gone', 'The page has crashed'],
  ['destroyed', 'The window was closed'],
] as const)('%s closes the port as disconnected', (event, message) => {
  const { receive, emit, pages } = acceptPorts();
  receive(1);

  emit(event);

  expect(pages[0]?.closed).toEqual([expect.objectContaining({ code: 'disconnected', message })]);
});

test('nothing is sent to contents that are destroyed', () => {
  const { receive, emit, pages, send } = acceptPorts();
  receive(1);
  emit('destroyed');

  pages[0]?.port.send(1);

  expect(send).not.toHaveBeenCalled();
});

test('a message that cannot be sent is logged and does not throw', () => {
  const { receive, pages, send, lines } = acceptPorts();
  receive(1);
  send.mockImplementation(() => {
    throw new Error('An object could not be cloned.');
  });

  pages[0]?.port.send(() => {});

  expect(lines.join('')).toContain('An object could not be cloned.');
});

test.each([
  ['a frame inside the page', { url: 'app://aside/', frameTreeNodeId: 2, parent: {} }],
  ['another address', { url: 'https://example.com/', frameTreeNodeId: 1, parent: null }],
  ['a frame that is gone', null],
])('drops and logs a message from %s, and opens no port for it', (_, senderFrame) => {
  const { receive, pages, lines } = acceptPorts();

  receive({ id: 1 }, senderFrame);

  expect(pages).toHaveLength(0);
  expect(lines).toEqual([expect.stringContaining('a message was dropped for its sender')]);
});

test('a message from elsewhere does not reach a port that is open', () => {
  const { receive, pages } = acceptPorts();
  receive('own');

  receive('foreign', { url: 'https://example.com/', frameTreeNodeId: 1, parent: null });

  expect(pages[0]?.heard).toEqual(['own']);
});

test('a hundred reloads add no listener', () => {
  const { receive, emit, pages, listenerCount } = acceptPorts();
  const before = listenerCount();

  for (let round = 0; round < 100; round += 1) {
    receive(round);
    emit('did-navigate');
  }

  expect(pages).toHaveLength(100);
  expect(listenerCount()).toBe(before);
});

test('closing from our side is idempotent, and the page gets a new port when it speaks again', () => {
  const { receive, pages } = acceptPorts();
  receive(1);
  const onClose = vi.fn();
  pages[0]?.port.onClose(onClose);

  pages[0]?.port.close();
  pages[0]?.port.close();
  receive(2);

  expect(onClose).toHaveBeenCalledOnce();
  expect(pages.map(({ heard }) => heard)).toEqual([[1], [2]]);
});
