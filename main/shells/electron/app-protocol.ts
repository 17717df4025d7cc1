import type { CustomScheme } from 'electron';
import type { Log } from '../../logging/log.ts';
import { createNonce } from '../content-security-policy.ts';
import type { RendererFiles } from '../renderer-files.ts';
import { securityHeaders } from '../security-headers.ts';
import { isOwnOrigin, PAGE_SCHEME } from './page-address.ts';

/** To be registered before Electron is ready. `standard` gives it an origin, `secure` the AudioWorklet. */
export const pageScheme: CustomScheme = {
  scheme: PAGE_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Answers requests of the page's scheme with the files of the built page. Never rejects. */
export function createPageProtocol(files: RendererFiles, log: Log): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    const nonce = createNonce();
    const headers = { ...securityHeaders(nonce, null), 'Cache-Control': 'no-store' };
    if (!isOwnOrigin(url)) return new Response('There is no such host.', { status: 404, headers });
    if (method !== 'GET' && method !== 'HEAD') {
      return new Response('Aside answers GET and HEAD only.', {
        status: 405,
        headers: { ...headers, Allow: 'GET, HEAD' },
      });
    }
    try {
      const file = await files.read(new URL(url).pathname, nonce);
      if (file === null) return new Response('There is nothing at this address.', { status: 404, headers });
      const { body, contentType, cacheControl } = file;
      return new Response(method === 'HEAD' ? null : body, {
        headers: { ...headers, 'Content-Type': contentType, 'Cache-Control': cacheControl },
      });
    } catch (error) {
      log.error('a file of the page cannot be read', { error });
      return new Response('Aside could not read this file; its log says why.', { status: 500, headers });
    }
  };
}
