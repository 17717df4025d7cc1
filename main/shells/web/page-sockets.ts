import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../../logging/log.ts';
import { MAX_MESSAGE_BYTES } from './bounded-msgpack.ts';
import type { Entry } from './entry.ts';
import { type RefusedStatus, refuseUpgrade } from './http-replies.ts';
import { refusalOf } from './request-guard.ts';

const SOCKET_PATH = '/socket';

const MAX_PAGES = 16;

const SOCKET_LIMITS = {
  maxPayload: MAX_MESSAGE_BYTES,
  perMessageDeflate: false,
  /** How long a page that does not answer a close may hold up the end, in milliseconds. */
  closeTimeout: 1_000,
};

export interface PageSocketsOptions {
  readonly server: Server;
  readonly port: number;
  readonly entry: Entry;
  readonly log: Log;
  readonly onSocket: (socket: WebSocket) => void;
}

/** Lets pages connect to `SOCKET_PATH` by the same rules as every request. Returns the sockets that are open. */
export function acceptPageSockets({ server, port, entry, log, onSocket }: PageSocketsOptions): ReadonlySet<WebSocket> {
  const sockets = new WebSocketServer({ noServer: true, ...SOCKET_LIMITS });

  function statusFor(request: IncomingMessage): RefusedStatus | null {
    const refusal = refusalOf(request.headers, port, 'socket');
    if (refusal !== null) {
      log.warn('a WebSocket was refused', { refusal });
      return '403 Forbidden';
    }
    if (!entry.admits(request.headers.cookie)) return '403 Forbidden';
    if (request.url !== SOCKET_PATH) return '404 Not Found';
    return sockets.clients.size < MAX_PAGES ? null : '503 Service Unavailable';
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const status = statusFor(request);
    if (status === null) sockets.handleUpgrade(request, socket, head, onSocket);
    else refuseUpgrade(socket, status);
  });
  return sockets.clients;
}
