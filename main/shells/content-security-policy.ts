import { randomBytes } from 'node:crypto';

/** What index.html holds in the place of the nonce; every served copy gets a fresh one. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** 128 random bits, for one response. */
export function createNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * What a page of Aside may load and reach: its own files, nothing inline but styles that carry `nonce` (Fluent UI and
 * CodeMirror add style elements at run time and take the nonce from the page), nothing from elsewhere.
 * `socketOrigin`: the `ws:` origin that the page connects to, where there is one; not every browser lets `'self'` cover it.
 */
export function contentSecurityPolicy(nonce: string, socketOrigin: string | null = null): string {
  const directives: Record<string, string> = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data:",
    'font-src': "'self'",
    'media-src': "'self' blob:",
    'connect-src': socketOrigin === null ? "'self'" : `'self' ${socketOrigin}`,
    'worker-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}
