import { once } from 'node:events';
import { truncate } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../../../main/logging/log.ts';
import { FIRST_PAGE_TIMEOUT_MS, RELOAD_GRACE_MS } from '../../../main/shells/web/last-page-watch.ts';
import { PING_INTERVAL_MS } from '../../../main/shells/web/peer-watch.ts';
import { startWebShell } from '../../../main/shells/web/web-shell.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { createManualTimers } from '../../helpers/manual-timers.ts';
import { waitUntil } from '../../helpers/wait-for.ts';
import { closeOf, connectPage, runShell } from './running-shell.ts';
import { createStandInApp } from './stand-in-app.ts';

/** A shell that is watched, with time in our hands. */
async function runWatched(firstPageTimeoutMs: number | null = FIRST_PAGE_TIMEOUT_MS) {
  const timers = createManualTimers();
  const app = createStandInApp();
  const onLastPageClosed = vi.fn();
  const shell = await runShell({ app, timers, onLastPageClosed, firstPageTimeoutMs });
  const cookie = await shell.enter();
  /** Opens a page and waits until the shell serves it. */
  const openPage = async () => {
    const socket = await shell.openOwnSocket(cookie);
    await connectPage(socket).request('app.describe', {});
    return socket;
  };
  /** Closes a page and waits until the shell knows. */
  const closePage = async (socket: Awaited<ReturnType<typeof openPage>>) => {
    const left = app.pages.size - 1;
    socket.close();
    await waitUntil(() => app.pages.size === left);
  };
  return { timers, shell, cookie, onLastPageClosed, openPage, closePage };
}

test('tells that the last page has closed, once the time for a reload is over', async () => {
  const { timers, onLastPageClosed, openPage, closePage } = await runWatched();
  await closePage(await openPage());

  timers.advance(RELOAD_GRACE_MS - 1);
  expect(onLastPageClosed).not.toHaveBeenCalled();
  timers.advance(1);
  expect(onLastPageClosed.mock.calls).toEqual([[true]]);
});

test('a reload in between changes nothing', async () => {
  const { timers, onLastPageClosed, openPage, closePage } = await runWatched();
  await closePage(await openPage());
  timers.advance(RELOAD_GRACE_MS - 1);
  await openPage();

  timers.advance(PING_INTERVAL_MS);

  expect(onLastPageClosed).not.toHaveBeenCalled();
});

test('one of two pages closing changes nothing', async () => {
  const { timers, onLastPageClosed, openPage, closePage } = await runWatched();
  const first = await openPage();
  await openPage();
  await closePage(first);

  timers.advance(PING_INTERVAL_MS);

  expect(onLastPageClosed).not.toHaveBeenCalled();
});

test('a download that is being sent keeps the shell until it has arrived', async () => {
  const { timers, shell, cookie, onLastPageClosed, openPage, closePage } = await runWatched();
  const page = await openPage();
  const params = { text: 'a', voiceId: null, prosody: DEFAULT_PROSODY, title: 'a' };
  const saved = await connectPage(page).request('export.start', params);
  if (saved.kind !== 'saved') throw new Error('the stand-in saves every export');
  const size = 64 * 1024 * 1024; // more than the system's buffers between the two ends hold
  await truncate(saved.outputs[0]?.path ?? '', size);
  const outgoing = get(`${shell.origin}${saved.outputs[0]?.downloadPath}`, { headers: { cookie }, agent: false });
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]; // and nobody reads it yet
  await closePage(page);

  timers.advance(PING_INTERVAL_MS);
  expect(onLastPageClosed).not.toHaveBeenCalled();
  let received = 0;
  for await (const chunk of response) received += (chunk as Buffer).length;
  expect(received).toBe(size);
  await waitUntil(() => timers.pending > 0);
  timers.advance(RELOAD_GRACE_MS);
  expect(onLastPageClosed).toHaveBeenCalledOnce();
});

test('waits for the first page, and not for ever', async () => {
  const { timers, onLastPageClosed } = await runWatched();

  timers.advance(FIRST_PAGE_TIMEOUT_MS - 1);
  expect(onLastPageClosed).not.toHaveBeenCalled();
  timers.advance(1);
  expect(onLastPageClosed.mock.calls).toEqual([[false]]);
});

test('waits for a person as long as it takes', async () => {
  const { timers, onLastPageClosed, openPage, closePage } = await runWatched(null);

  timers.advance(10 * FIRST_PAGE_TIMEOUT_MS);
  expect(onLastPageClosed).not.toHaveBeenCalled();
  await closePage(await openPage());
  timers.advance(RELOAD_GRACE_MS);
  expect(onLastPageClosed).toHaveBeenCalledOnce();
});

test('cuts a page that answers no pings', async () => {
  const { timers, openPage } = await runWatched();
  const socket = await openPage();
  const closed = closeOf(socket);
  socket.pause(); // reads nothing, so answers nothing

  timers.advance(3 * PING_INTERVAL_MS);
  socket.resume();

  expect((await closed).code).toBe(1006);
});

test('keeps a page that answers pings and says nothing else', async () => {
  const { timers, openPage } = await runWatched();
  const socket = await openPage();
  const page = connectPage(socket);

  for (let round = 0; round < 5; round += 1) {
    const pinged = new Promise((resolve) => socket.once('ping', resolve));
    timers.advance(PING_INTERVAL_MS);
    await pinged;
    await page.request('app.describe', {}); // behind the pong on the same connection
  }

  expect(socket.readyState).toBe(socket.OPEN);
});

test('closing says goodbye to pages, frees the port and leaves no timer', async () => {
  const { timers, shell, openPage } = await runWatched();
  const goodbyes = [closeOf(await openPage()), closeOf(await openPage())];
  const idle = connect(shell.port, '127.0.0.1');
  const idleClosed = new Promise((resolve) => idle.on('close', resolve));
  await new Promise((resolve) => idle.on('connect', resolve));

  await Promise.all([shell.close(), shell.close()]);

  expect(await Promise.all(goodbyes)).toEqual([
    { code: 1001, reason: 'Aside is closing' },
    { code: 1001, reason: 'Aside is closing' },
  ]);
  await idleClosed;
  expect(timers.pending).toBe(0);
  await runShell({ port: shell.port });
});

test('closing does not wait for a page that does not answer', async () => {
  const { shell, openPage } = await runWatched();
  const socket = await openPage();
  socket.pause();

  await shell.close();

  await expect(shell.fetch('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('closing does not wait for a client that was refused a WebSocket and keeps its end open', async () => {
  const shell = await runShell();
  const client = connect({ port: shell.port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void client.destroy());
  client.write(
    `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${shell.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  );
  const ended = new Promise((resolve) => client.on('end', resolve));
  const reply = new Promise<Buffer>((resolve) => client.once('data', resolve));
  expect((await reply).toString()).toMatch(/^HTTP\/1\.1 403 /);
  await ended; // and does not close in turn

  await shell.close();

  await expect(shell.fetch('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a port in use is a refusal that names it and the remedy, and leaves no folder behind', async () => {
  const shell = await runShell();

  await expect(runShell({ port: shell.port, dataDir: shell.dataDir })).rejects.toMatchObject({
    code: 'refused',
    message: `Port ${shell.port} of 127.0.0.1 cannot be used: another program uses it, perhaps a second Aside`,
    remedy: expect.stringContaining('--port'),
    details: { reason: 'EADDRINUSE' },
  });
});

test('a page that is not built is named', async () => {
  const log = createLog({ write: () => {}, level: 'error' });
  const options = { app: createStandInApp(), dataDir: '/nonexistent', rendererDir: '/nonexistent', port: 0, log };

  await expect(startWebShell(options)).rejects.toMatchObject({
    code: 'file',
    details: { path: '/nonexistent', reason: 'ENOENT' },
    remedy: expect.stringContaining('npm run build'),
  });
});

test('listens on the loopback interface only', async () => {
  const shell = await runShell();
  const socket = connect(shell.port, '127.0.0.2'); // another address of this machine's loopback network

  const error = await new Promise<NodeJS.ErrnoException>((resolve) => socket.on('error', resolve));

  expect(error.code).toBe('ECONNREFUSED');
});
