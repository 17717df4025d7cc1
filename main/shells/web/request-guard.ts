import type { IncomingHttpHeaders } from 'node:http';

/**
 * Why a request is not one that our own page (or a person, in the address bar) makes; null when it may be. What it looks
 * at, a page elsewhere cannot forge:
 *
 * - Host: a site that has its name point to 127.0.0.1 still sends its own name (DNS rebinding).
 * - Origin, where there is one: another site, another port of this machine, a sandboxed frame.
 * - Sec-Fetch-Site: links, images and scripts of other sites carry no Origin but do carry this.
 *
 * It does not tell users of this machine apart; the cookie does (see `entry.ts`).
 */
export function refusalOf(headers: IncomingHttpHeaders, port: number, kind: 'request' | 'socket'): string | null {
  const { host, origin } = headers;
  if (host === undefined || !ownHosts(port).includes(host)) return `Host is ${JSON.stringify(host)}`;
  if (origin === undefined && kind === 'socket') return 'there is no Origin';
  if (origin !== undefined && origin !== `http://${host}`) return `Origin is ${JSON.stringify(origin)}`;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return `Sec-Fetch-Site is ${JSON.stringify(site)}`;
  return null;
}

/** Browsers leave out the port that belongs to the scheme. */
function ownHosts(port: number): string[] {
  const suffix = port === 80 ? '' : `:${port}`;
  return [`127.0.0.1${suffix}`, `localhost${suffix}`];
}
