import { encode } from '@msgpack/msgpack';
import { expect, test } from 'vitest';
import { MAX_DOCUMENT_BYTES } from '../../../protocol/model/document.ts';
import { MAX_TEXT_CHARS } from '../../../protocol/model/text-range.ts';
import { closeOf, connectPage, runShell } from './running-shell.ts';
import { createStandInApp } from './stand-in-app.ts';

test('carries requests and answers of the contract', async () => {
  const shell = await runShell();
  const page = connectPage(await shell.openOwnSocket(await shell.enter()));

  const answer = await page.request('app.describe', {});

  expect(answer).toEqual({ version: '0.0.0', shell: 'web', hasDialogs: false });
});

test('carries the largest text there and back, in the widest characters', async () => {
  const shell = await runShell();
  const page = connectPage(await shell.openOwnSocket(await shell.enter()));
  const text = '語'.repeat(MAX_TEXT_CHARS);
  const inItsOwnTime = { timeoutMs: null }; // not the contract's: how fast it goes is the machine's affair

  await page.request('draft.save', { text, charIndex: 7, name: 'long.txt' }, inItsOwnTime);
  const draft = await page.request('draft.load', {}, inItsOwnTime);

  expect(draft.charIndex).toBe(7);
  expect(draft.text === text).toBe(true);
});

test('carries the largest file as bytes', async () => {
  const shell = await runShell();
  const page = connectPage(await shell.openOwnSocket(await shell.enter()));

  const params = { name: 'a', bytes: new Uint8Array(MAX_DOCUMENT_BYTES) };
  const document = await page.request('document.decode', params, { timeoutMs: null });

  expect(document.text).toBe(String(MAX_DOCUMENT_BYTES));
});

test('rejects a request that needs a dialog, and names the browser’s own way', async () => {
  const shell = await runShell();
  const page = connectPage(await shell.openOwnSocket(await shell.enter()));

  const rejected = page.request('export.reveal', { path: '/etc/passwd' });

  await expect(rejected).rejects.toMatchObject({
    code: 'refused',
    remedy: expect.stringContaining('list of downloads'),
  });
});

test('two pages are served side by side, and each hears of events', async () => {
  const app = createStandInApp();
  const shell = await runShell({ app });
  const cookie = await shell.enter();
  const pages = [connectPage(await shell.openOwnSocket(cookie)), connectPage(await shell.openOwnSocket(cookie))];
  const heard = pages.map((page) => new Promise((resolve) => page.on('menu.chosen', resolve)));
  await Promise.all(pages.map((page) => page.request('app.describe', {})));

  for (const page of app.pages) page.emit('menu.chosen', { command: 'stop' });

  expect(await Promise.all(heard)).toEqual([{ command: 'stop' }, { command: 'stop' }]);
});

test.each([
  ['no Origin', 'Unexpected server response: 403', {}],
  ['another site as Origin', 'Unexpected server response: 403', { origin: 'https://example.com' }],
  [
    'another port as Origin',
    'Unexpected server response: 403',
    (port: number) => ({ origin: `http://127.0.0.1:${port + 1}` }),
  ],
  [
    'another Host, and it as Origin',
    'Unexpected server response: 403',
    (port: number) => ({ host: `rebound.example:${port}`, origin: `http://rebound.example:${port}` }),
  ],
  [
    'Sec-Fetch-Site cross-site',
    'Unexpected server response: 403',
    (port: number) => ({ origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'cross-site' }),
  ],
])('refuses a socket with %s', async (_, message, headers) => {
  const app = createStandInApp();
  const shell = await runShell({ app });
  const cookie = await shell.enter();

  const opening = shell.openSocket({ cookie, ...(typeof headers === 'function' ? headers(shell.port) : headers) });

  await expect(opening).rejects.toThrow(message);
  expect(app.pages.size).toBe(0);
});

test('refuses a socket without a cookie, also when the token comes along', async () => {
  const shell = await runShell();
  const { pathname } = new URL(shell.url);

  const openings = [
    shell.openSocket({ origin: shell.origin }),
    shell.openSocket({ origin: shell.origin }, pathname),
    shell.openSocket({ origin: shell.origin }, `/socket?token=${pathname.slice('/open/'.length)}`),
  ];

  for (const opening of openings) await expect(opening).rejects.toThrow('403');
});

test('refuses a socket at any other path', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();

  await expect(shell.openSocket({ origin: shell.origin, cookie }, '/')).rejects.toThrow('404');
});

test('refuses the seventeenth page', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();
  await Promise.all(Array.from({ length: 16 }, () => shell.openOwnSocket(cookie)));

  await expect(shell.openOwnSocket(cookie)).rejects.toThrow('503');
});

test.each([
  ['a text frame', 1003, 'must be a binary frame, got a text frame of 2 bytes', '{}'],
  ['bytes that are no MessagePack', 1007, 'must be plain data, got the type byte 0xc1', Buffer.from([0xc1])],
  ['a message that is cut off', 1007, 'must be well-formed MessagePack', Buffer.from([0x92, 0x01])],
  ['two messages in one frame', 1007, 'must be well-formed MessagePack', Buffer.from([0x01, 0x01])],
  ['an empty frame', 1007, 'must be well-formed MessagePack', Buffer.alloc(0)],
  ['an extension type', 1007, 'must be plain data, got the type byte 0xd7', encode(new Date(1))],
  [
    'a million empty arrays',
    1007,
    'at most 1000 values',
    Buffer.from([0xdd, 0, 0x0f, 0x42, 0x40, ...new Uint8Array(1_000_000).fill(0x90)]),
  ],
  ['a million arrays in each other', 1007, 'at most 16 levels', Buffer.alloc(1_000_000, 0x91)],
  ['a message of no known kind', 1008, 'message', encode({ kind: 'shout' })],
  ['a message that is a number', 1008, 'message', encode(7)],
  [
    'a request with an unknown key',
    1008,
    'message',
    encode({ kind: 'request', id: 0, method: 'app.describe', params: {}, x: 1 }),
  ],
])('closes the connection over %s, and says so in the log', async (_, code, reason, frame) => {
  const shell = await runShell();
  const socket = await shell.openOwnSocket(await shell.enter());
  const closed = closeOf(socket);

  socket.send(frame);

  expect(await closed).toEqual({ code, reason: expect.stringContaining(reason) });
  expect(shell.logLines.filter((line) => line.includes('its connection is closed'))).toHaveLength(1);
});

test('closes the connection over a message beyond 64 MiB', async () => {
  const shell = await runShell();
  const socket = await shell.openOwnSocket(await shell.enter());
  const closed = closeOf(socket);

  socket.send(Buffer.alloc(64 * 1024 * 1024 + 1));

  expect((await closed).code).toBe(1009);
});

test('a page that was cut off for what it sent does not disturb another', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();
  const [bad, good] = [await shell.openOwnSocket(cookie), await shell.openOwnSocket(cookie)];
  const closed = closeOf(bad);
  bad.send('{}');
  await closed;

  const answer = await connectPage(good).request('app.describe', {});

  expect(answer.shell).toBe('web');
});

test('answers a bad parameter with a rejection and keeps the connection', async () => {
  const shell = await runShell();
  const page = connectPage(await shell.openOwnSocket(await shell.enter()));

  const bad = page.request('draft.save', { text: 'a', charIndex: -1, name: '' });

  await expect(bad).rejects.toMatchObject({ code: 'contract', details: { path: 'params.charIndex' } });
  expect(await page.request('draft.load', {})).toMatchObject({ text: '' });
});
