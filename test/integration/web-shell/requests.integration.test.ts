import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { APP_JS, runShell } from './running-shell.ts';

test.each([
  ['a name that points to this machine', { host: 'rebound.example' }],
  ['that name with our port', (port: number) => ({ host: `rebound.example:${port}` })],
  ['this machine under another port', (port: number) => ({ host: `127.0.0.1:${port + 1}` })],
  ['this machine without a port', { host: '127.0.0.1' }],
  ['another address of this machine', (port: number) => ({ host: `127.0.0.2:${port}` })],
  ['our address in front of another', (port: number) => ({ host: `127.0.0.1:${port}.example` })],
  ['another site as Origin', { origin: 'https://example.com' }],
  ['another port as Origin', (port: number) => ({ origin: `http://127.0.0.1:${port + 1}` })],
  ['our address by its other name as Origin', (port: number) => ({ origin: `http://localhost:${port}` })],
  ['our address with TLS as Origin', (port: number) => ({ origin: `https://127.0.0.1:${port}` })],
  ['a sandboxed frame as Origin', { origin: 'null' }],
  ['Sec-Fetch-Site cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['Sec-Fetch-Site same-site, which another port is', { 'sec-fetch-site': 'same-site' }],
])('refuses %s, cookie or not', async (_, headers) => {
  const shell = await runShell();
  const cookie = await shell.enter();
  const forged = typeof headers === 'function' ? headers(shell.port) : headers;

  const reply = await shell.fetch('/', { headers: { cookie, ...forged } });

  expect(reply.status).toBe(403);
  expect(reply.body.toString()).toContain('This address does not open Aside');
});

test('takes localhost with our port for our own', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();
  const host = `localhost:${shell.port}`;

  const reply = await shell.fetch('/', {
    headers: { cookie, host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
  });

  expect(reply.status).toBe(200);
});

test('a request without Host is refused', async () => {
  const shell = await runShell();
  const socket = connect(shell.port, '127.0.0.1');
  socket.end('GET / HTTP/1.0\r\n\r\n');

  expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /);
});

test('a request target that is a URL and not a path finds nothing', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();

  const reply = await shell.fetch(`${shell.origin}/`, { headers: { cookie } });

  expect(reply.status).toBe(404);
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is not allowed', async (method) => {
  const shell = await runShell();
  const cookie = await shell.enter();

  const reply = await shell.fetch('/', { method, headers: { cookie, 'content-length': '4' }, body: 'body' });

  expect([reply.status, reply.headers.allow]).toEqual([405, 'GET, HEAD']);
});

test.each([
  '/nothing',
  '/assets',
  '/assets/',
  '/.hidden',
  '/socket',
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '/%252e%252e%252fsecret.txt',
  '/assets/%00',
  '/%',
  '/%ff',
  '//etc/passwd',
  '/constructor',
  '/__proto__',
])('finds nothing at %s', async (path) => {
  const shell = await runShell();
  const cookie = await shell.enter();

  const reply = await shell.fetch(path, { headers: { cookie } });

  expect([reply.status, reply.body.toString()]).toEqual([404, 'There is nothing at this address.\n']);
});

test('sends a file with its type, to be kept for good when its name holds a hash', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();

  const reply = await shell.fetch('/assets/app-0a1b2c3d.js?x=1', { headers: { cookie, range: 'bytes=5-2' } });

  expect(reply.status).toBe(200);
  expect(reply.body.toString()).toBe(APP_JS);
  expect(reply.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(reply.headers['cache-control']).toBe('private, max-age=31536000, immutable');
});

test('answers HEAD like GET, without the body', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();

  const [get, head] = [
    await shell.fetch('/assets/app-0a1b2c3d.js', { headers: { cookie } }),
    await shell.fetch('/assets/app-0a1b2c3d.js', { method: 'HEAD', headers: { cookie } }),
  ];

  expect(head.headers['content-length']).toBe(get.headers['content-length']);
  expect(head.body.length).toBe(0);
});

test('index.html holds the nonce of its own policy, a fresh one each time, and is never kept', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();

  const replies = [await shell.fetch('/', { headers: { cookie } }), await shell.fetch('/', { headers: { cookie } })];
  const nonces = replies.map(({ headers }) => /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1]);

  expect(new Set(nonces).size).toBe(2);
  for (const [index, reply] of replies.entries()) {
    expect(reply.body.toString()).toContain(`content="${nonces[index]}"`);
    expect(reply.body.toString()).not.toContain('__CSP_NONCE__');
    expect(reply.headers['cache-control']).toBe('no-store');
  }
});

test('every answer carries the same strict headers and no permission for other origins', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();

  const replies = await Promise.all([
    shell.fetch('/', { headers: { cookie } }),
    shell.fetch('/nothing', { headers: { cookie } }),
    shell.fetch('/'),
    shell.fetch('/', { headers: { host: 'rebound.example' } }),
    shell.fetch('/', { method: 'POST' }),
  ]);

  for (const { headers } of replies) {
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('microphone=()'),
      'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

test('the policy lets the page connect to its own socket by the name it was opened with', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();
  const host = `localhost:${shell.port}`;

  const { headers } = await shell.fetch('/', { headers: { cookie, host } });

  expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://${host};`);
});

test('a header beyond the limit is refused', async () => {
  const shell = await runShell();

  const reply = await shell.fetch('/', { headers: { 'x-long': 'x'.repeat(20_000) } });

  expect(reply.status).toBe(431);
});
