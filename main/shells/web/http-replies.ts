import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { lockedPage } from './locked-page.ts';

/** A short answer in plain text. */
export function replyText(response: ServerResponse, status: number, text: string, headers = {}): void {
  reply(response, status, 'text/plain; charset=utf-8', `${text}\n`, headers);
}

/** The page for browsers that have no cookie. */
export function replyLocked(response: ServerResponse, nonce: string): void {
  reply(response, 403, 'text/html; charset=utf-8', lockedPage(nonce));
}

/** Node leaves the body out of answers to HEAD by itself. */
export function reply(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(body);
  const length = bytes.byteLength;
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'Content-Type': contentType,
    'Content-Length': length,
    ...headers,
  });
  response.end(bytes);
}

export type RefusedStatus = '403 Forbidden' | '404 Not Found' | '503 Service Unavailable';

/** How long a client that does not read may keep the connection of a refused WebSocket, in milliseconds. */
const REFUSAL_TIMEOUT_MS = 1_000;

/** Refuses a WebSocket before it is one. Our end closes the connection: a client may keep its own open for ever. */
export function refuseUpgrade(socket: Duplex, status: RefusedStatus): void {
  const timer = setTimeout(() => socket.destroy(), REFUSAL_TIMEOUT_MS);
  socket.on('error', () => socket.destroy()); // it has gone before it could be told
  socket.on('finish', () => socket.destroy());
  socket.on('close', () => clearTimeout(timer));
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
