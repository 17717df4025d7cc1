import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { systemTimers, type Timers } from '../../../protocol/contract/deadlines.ts';
import type { App } from '../../app.ts';
import type { Log } from '../../logging/log.ts';
import { openRendererFiles } from '../renderer-files.ts';
import { openDownloads } from './downloads.ts';
import { createEntry } from './entry.ts';
import { type OnNoPageLeft, watchLastPage } from './last-page-watch.ts';
import { LOOPBACK, listenOnLoopback } from './listen.ts';
import { acceptPageSockets } from './page-sockets.ts';
import { watchPeer } from './peer-watch.ts';
import { createRequestListener } from './serve-requests.ts';
import { createWebServices } from './web-services.ts';
import { createWebSocketPort } from './web-socket-port.ts';

/** Bounds on what a connection may cost before we know whose it is. Times in milliseconds. */
const HTTP_LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
};
const MAX_CONNECTIONS = 128;
/** How long connections that do not end by themselves may hold up the end, in milliseconds. */
const CLOSE_TIMEOUT_MS = 1_000;

export interface WebShellOptions {
  /** Targets of exports that are not done: what lies there stays. */
  readonly unfinishedTargets?: readonly string[];
  readonly app: Pick<App, 'servePage'>;
  /** Where downloads are kept until the shell closes. */
  readonly dataDir: string;
  /** The built page. */
  readonly rendererDir: string;
  /** 0: any free one. */
  readonly port: number;
  readonly log: Log;
  /** Told once when no page is left; see `watchLastPage`. Without it nobody watches, and the shell stays. */
  readonly onLastPageClosed?: OnNoPageLeft;
  /** How long to wait for a first page before `onLastPageClosed`; default and null: for ever. */
  readonly firstPageTimeoutMs?: number | null;
  readonly timers?: Timers;
}

export interface WebShell {
  /** The address to open. It works once. */
  readonly url: string;
  /** Closes every connection, frees the port, removes the downloads. Idempotent. Never rejects. */
  close(): Promise<void>;
}

/**
 * Serves Aside to browsers of this machine: the page over HTTP, its messages over a WebSocket. Who gets in is decided in
 * `request-guard.ts` and `entry.ts`. Rejects with `file` (no built page, no folder for downloads) or `refused`
 * (the port).
 */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const { app, log, onLastPageClosed, timers = systemTimers } = options;
  const files = await openRendererFiles(options.rendererDir);
  const downloads = await openDownloads(options.dataDir, log, { unfinished: options.unfinishedTargets ?? [] });
  const server = createServer(HTTP_LIMITS);
  server.maxConnections = MAX_CONNECTIONS;
  // Of our own, since `closeAllConnections` forgets those that became, or asked to become, WebSockets.
  const connections = new Set<Socket>();
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });
  const port = await listenOnLoopback(server, options.port).catch(async (error: unknown) => {
    await downloads.close();
    throw error;
  });
  server.on('error', (error) => log.warn('a connection was not accepted', { error })); // out of file handles

  const services = createWebServices(downloads);
  const entry = createEntry(port);
  const lastPage = onLastPageClosed && watchLastPage(onLastPageClosed, options.firstPageTimeoutMs ?? null, timers);

  function servePage(socket: WebSocket): void {
    const pagePort = createWebSocketPort(socket, log);
    watchPeer(socket, timers);
    lastPage?.pageOpened();
    socket.on('close', () => lastPage?.pageClosed());
    app.servePage(pagePort, services, (error) => {
      log.warn('a page sent what is not in the contract; its connection is closed', { error });
      pagePort.close(error);
    });
  }

  server.on('request', createRequestListener({ port, entry, files, downloads, lastPage, log }));
  const sockets = acceptPageSockets({ server, port, entry, log, onSocket: servePage });

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    lastPage?.stop();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    for (const socket of sockets) socket.close(1001, 'Aside is closing');
    const deadline = timers.set(() => {
      for (const connection of connections) connection.destroy();
    }, CLOSE_TIMEOUT_MS);
    await closed;
    timers.clear(deadline);
    await downloads.close();
  }

  return {
    url: `http://${LOOPBACK}:${port}${entry.path}`,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
