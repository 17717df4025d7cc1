import { expect, test } from 'vitest';
import { contentSecurityPolicy, createNonce } from '../../../../main/shells/content-security-policy.ts';

test('allows the page its own files and styles with the nonce, and nothing else', () => {
  expect(contentSecurityPolicy('abc').split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce-abc'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
});

test('names the socket’s origin where there is one', () => {
  expect(contentSecurityPolicy('abc', 'ws://127.0.0.1:1')).toContain("connect-src 'self' ws://127.0.0.1:1;");
});

test('a nonce has 128 bits and is never the same', () => {
  const nonces = Array.from({ length: 100 }, createNonce);

  expect(new Set(nonces).size).toBe(100);
  expect(Buffer.from(nonces[0] ?? '', 'base64').length).toBe(16);
});
