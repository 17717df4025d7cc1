import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode } from '@msgpack/msgpack';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { App } from '../../../main/app.ts';
import { createLog } from '../../../main/logging/log.ts';
import { createPortEnd } from '../../../main/shells/port-end.ts';
import { startWebShell, type WebShellOptions } from '../../../main/shells/web/web-shell.ts';
import { appContract } from '../../../protocol/contract/app-contract.ts';
import { type Client, connect } from '../../../protocol/contract/connect.ts';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import { AsideError } from '../../../protocol/errors.ts';
import { createStandInApp } from './stand-in-app.ts';

const INDEX_HTML =
  '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><script src="/assets/app-0a1b2c3d.js"></script>';
export const APP_JS = 'document.title = "Aside";';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface RunningShell {
  readonly url: string;
  readonly port: number;
  readonly origin: string;
  readonly dataDir: string;
  readonly logLines: readonly string[];
  close(): Promise<void>;
  /** One request on a connection of its own, sent as given: no path is tidied up on the way. */
  fetch(path: string, options?: { method?: string; headers?: OutgoingHttpHeaders; body?: string }): Promise<Reply>;
  /** Uses up the token; the cookie as browsers send it back. */
  enter(): Promise<string>;
  /** A socket that has opened, or an error that holds the status. */
  openSocket(headers: OutgoingHttpHeaders, path?: string): Promise<WebSocket>;
  /** A socket of our own page. */
  openOwnSocket(cookie: string): Promise<WebSocket>;
}

/** The web shell on a free port, with a page of two files, and an app that stands in unless one is given. */
export async function runShell(overrides: Partial<WebShellOptions> = {}): Promise<RunningShell> {
  const folder = await mkdtemp(join(tmpdir(), 'aside-web-shell-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const rendererDir = join(folder, 'renderer');
  const dataDir = join(folder, 'data');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(rendererDir, 'index.html'), INDEX_HTML);
  await writeFile(join(rendererDir, 'assets', 'app-0a1b2c3d.js'), APP_JS);
  await writeFile(join(rendererDir, '.hidden'), 'hidden');
  const logLines: string[] = [];
  const log = createLog({ write: (line) => logLines.push(line), level: 'debug' });
  const app: Pick<App, 'servePage'> = createStandInApp();
  const shell = await startWebShell({ app, dataDir, rendererDir, port: 0, log, ...overrides });
  onTestFinished(() => shell.close());
  const { port, host, pathname } = new URL(shell.url);
  const origin = `http://${host}`;

  const fetch: RunningShell['fetch'] = (path, { method = 'GET', headers = {}, body } = {}) => {
    const reply = createDeferred<Reply>();
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers }, agent: false });
    outgoing.on('error', reply.reject);
    outgoing.on('response', async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      reply.resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
    });
    outgoing.end(body);
    return reply.promise;
  };

  const openSocket: RunningShell['openSocket'] = (headers, path = '/socket') => {
    const opened = createDeferred<WebSocket>();
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
      headers: { host, ...headers },
      perMessageDeflate: false,
    });
    socket.on('open', () => opened.resolve(socket));
    socket.on('error', opened.reject);
    onTestFinished(() => socket.terminate());
    return opened.promise;
  };

  return {
    url: shell.url,
    port: Number(port),
    origin,
    dataDir,
    logLines,
    close: shell.close,
    fetch,
    enter: async () => {
      const { headers } = await fetch(pathname);
      return (headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
    },
    openSocket,
    openOwnSocket: (cookie) => openSocket({ origin, cookie }),
  };
}

/** The page's end of a socket. */
export function connectPage(socket: WebSocket): Client<typeof appContract> {
  const end = createPortEnd();
  socket.on('message', (data: Buffer) => end.deliver(decode(data)));
  socket.on('close', () => end.closed(new AsideError('disconnected', 'Aside has gone', { details: {} })));
  const port = { ...end, send: (message: unknown) => socket.send(encode(message)), close: () => socket.close() };
  return connect(appContract, port, {
    onMalformed: (error) => {
      throw error;
    },
  });
}

/** How a socket ended. */
export function closeOf(socket: WebSocket): Promise<{ code: number; reason: string }> {
  const closed = createDeferred<{ code: number; reason: string }>();
  socket.on('close', (code, reason) => closed.resolve({ code, reason: reason.toString() }));
  return closed.promise;
}
