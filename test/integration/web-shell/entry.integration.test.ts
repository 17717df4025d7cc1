import { expect, test } from 'vitest';
import { runShell } from './running-shell.ts';

test('the opened address redirects to the page and sets the cookie', async () => {
  const shell = await runShell();

  const reply = await shell.fetch(new URL(shell.url).pathname);

  expect(reply.status).toBe(303);
  expect(reply.headers.location).toBe('/');
  expect(reply.headers['set-cookie']).toEqual([
    expect.stringMatching(
      new RegExp(`^aside-session-${shell.port}=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    ),
  ]);
});

test('the token has 32 random bytes and is another one in each run', async () => {
  const [first, second] = await Promise.all([runShell(), runShell()]);

  const tokens = [first, second].map((shell) => new URL(shell.url).pathname.slice('/open/'.length));

  expect(tokens.map((token) => Buffer.from(token, 'base64url').length)).toEqual([32, 32]);
  expect(tokens[0]).not.toBe(tokens[1]);
});

test('with the cookie the page opens, again and again', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();

  const replies = [await shell.fetch('/', { headers: { cookie } }), await shell.fetch('/', { headers: { cookie } })];

  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
});

test('a spent token gets a page that says how to get in, and no cookie', async () => {
  const shell = await runShell();
  await shell.enter();

  const reply = await shell.fetch(new URL(shell.url).pathname);

  expect(reply.status).toBe(403);
  expect(reply.headers['set-cookie']).toBeUndefined();
  expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(reply.body.toString()).toContain('start Aside again');
});

test('a browser that is in already and comes back to the spent address is led to the page', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();

  const reply = await shell.fetch(new URL(shell.url).pathname, { headers: { cookie } });

  expect([reply.status, reply.headers.location, reply.headers['set-cookie']]).toEqual([303, '/', undefined]);
});

test.each([
  ['a wrong token', '/open/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['an empty token', '/open/'],
  ['a token of the wrong length', '/open/A'],
])('%s gets in nobody and spends nothing', async (_, path) => {
  const shell = await runShell();

  const reply = await shell.fetch(path);

  expect([reply.status, reply.headers['set-cookie']]).toEqual([403, undefined]);
  expect(await shell.enter()).not.toBe('');
});

test.each([
  ['HEAD', { method: 'HEAD' }],
  ['a prefetch', { headers: { 'sec-purpose': 'prefetch' } }],
  ['a link on another site', { headers: { 'sec-fetch-site': 'cross-site' } }],
])('%s does not spend the token', async (_, options) => {
  const shell = await runShell();

  const reply = await shell.fetch(new URL(shell.url).pathname, options);

  expect([reply.status, reply.headers['set-cookie']]).toEqual([403, undefined]);
  expect(await shell.enter()).not.toBe('');
});

test.each(['/', '/index.html', '/assets/app-0a1b2c3d.js', '/nothing', '/download/x/y.wav'])(
  'without a cookie %s is locked',
  async (path) => {
    const shell = await runShell();

    const reply = await shell.fetch(path);

    expect(reply.status).toBe(403);
    expect(reply.body.toString()).toContain('This address does not open Aside');
  },
);

test("another server's session, a cookie of another name and a near miss are locked out", async () => {
  const [shell, other] = await Promise.all([runShell(), runShell()]);
  const own = await shell.enter();
  const foreign = (await other.enter()).replace(String(other.port), String(shell.port));

  const statuses = await Promise.all(
    [foreign, own.replace('aside-', 'x-'), own.slice(0, -1), `${own}A`].map(
      async (cookie) => (await shell.fetch('/', { headers: { cookie } })).status,
    ),
  );

  expect(statuses).toEqual([403, 403, 403, 403]);
});

test('cookies that another port has planted do not hide the true one', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();
  const planted = `aside-session-${shell.port}=planted`;

  const reply = await shell.fetch('/', { headers: { cookie: `a=b; ${planted}; ${cookie}` } });

  expect(reply.status).toBe(200);
});

test('the token and the session are in no log line', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();
  await shell.fetch(new URL(shell.url).pathname);
  await shell.fetch('/', { headers: { cookie, host: 'example.com' } });

  const log = shell.logLines.join('');

  expect(log).toContain('refused');
  expect(log).not.toContain(new URL(shell.url).pathname.slice('/open/'.length));
  expect(log).not.toContain(cookie.split('=')[1]);
});
