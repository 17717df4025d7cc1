import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Log } from '../../logging/log.ts';
import { createNonce } from '../content-security-policy.ts';
import type { RendererFiles } from '../renderer-files.ts';
import { securityHeaders } from '../security-headers.ts';
import type { Download, Downloads } from './downloads.ts';
import { ENTRY_PREFIX, type Entry } from './entry.ts';
import { reply, replyLocked, replyText } from './http-replies.ts';
import type { LastPageWatch } from './last-page-watch.ts';
import { refusalOf } from './request-guard.ts';
import { sendDownload } from './send-download.ts';

export interface RequestContext {
  readonly port: number;
  readonly entry: Entry;
  readonly files: RendererFiles;
  readonly downloads: Downloads;
  /** Told of every download while it is sent; undefined when nobody waits for the last page. */
  readonly lastPage: LastPageWatch | undefined;
  readonly log: Log;
}

/** Answers HTTP: the way in, the page's files, finished downloads, and nothing else. */
export function createRequestListener(context: RequestContext): RequestListener {
  return (request, response) => {
    answer(context, request, response).catch((error: unknown) => {
      context.log.error('a request could not be answered', { pathname: pathnameOf(request), error });
      if (response.headersSent) response.destroy();
      else replyText(response, 500, 'Aside could not answer this request; its log says why.');
    });
  };
}

async function answer(context: RequestContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { port, entry, files, downloads, log } = context;
  const refusal = refusalOf(request.headers, port, 'request');
  // Nothing of `request.headers` is used before this line, except to find out whether it may be.
  const nonce = createNonce();
  const socketOrigin = refusal === null ? `ws://${request.headers.host}` : null;
  for (const [name, value] of Object.entries(securityHeaders(nonce, socketOrigin))) response.setHeader(name, value);
  if (refusal !== null) {
    log.warn('a request was refused', { refusal });
    return replyLocked(response, nonce);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return replyText(response, 405, 'Aside answers GET and HEAD only.', { Allow: 'GET, HEAD', Connection: 'close' });
  }
  const pathname = pathnameOf(request);
  if (pathname.startsWith(ENTRY_PREFIX)) return letIn(entry, request, response, nonce);
  if (!entry.admits(request.headers.cookie)) return replyLocked(response, nonce);

  const download = downloads.find(pathname);
  if (download !== null && (await sendWatched(context, download, request, response))) return;
  const file = await files.read(pathname, nonce);
  if (file === null) return replyText(response, 404, 'There is nothing at this address.');
  reply(response, 200, file.contentType, file.body, { 'Cache-Control': file.cacheControl });
}

/** Sends a download, which counts as a page meanwhile: the person may close the page before the browser has the file. */
async function sendWatched(
  { downloads, lastPage }: RequestContext,
  download: Download,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const release = downloads.hold(download);
  lastPage?.pageOpened();
  try {
    return await sendDownload(response, download, request.method === 'GET');
  } finally {
    lastPage?.pageClosed();
    release();
  }
}

/** Exchanges the token for the cookie. Only a person's own request spends it, not a HEAD and not a browser's guess. */
function letIn(entry: Entry, request: IncomingMessage, response: ServerResponse, nonce: string): void {
  const isForReal = request.method === 'GET' && request.headers['sec-purpose'] === undefined;
  const cookie = isForReal ? entry.exchange(pathnameOf(request).slice(ENTRY_PREFIX.length)) : null;
  // A browser that is in already and comes back to the address, by its history or a restored tab, is as welcome.
  if (cookie === null && !entry.admits(request.headers.cookie)) replyLocked(response, nonce);
  else replyText(response, 303, 'Aside is at /', { Location: '/', ...(cookie !== null && { 'Set-Cookie': cookie }) });
}

/** Without the query; as it was sent otherwise. Empty for anything but a path. */
function pathnameOf(request: IncomingMessage): string {
  const target = request.url ?? '';
  return target.startsWith('/') ? (target.split('?', 1)[0] ?? '') : '';
}
