import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../../../../main/logging/log.ts';
import { createPageProtocol, pageScheme } from '../../../../../main/shells/electron/app-protocol.ts';
import { openRendererFiles } from '../../../../../main/shells/renderer-files.ts';

async function makeProtocol() {
  const folder = await mkdtemp(join(tmpdir(), 'aside-app-protocol-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const rendererDir = join(folder, 'renderer');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(rendererDir, 'index.html'), 'nonce=__CSP_NONCE__');
  await writeFile(join(rendererDir, 'assets', 'player-worklet-1a2b.js'), 'registerProcessor()');
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), level: 'debug' });
  const respond = createPageProtocol(await openRendererFiles(rendererDir), log);
  return { rendererDir, lines, respond: (url: string, init?: RequestInit) => respond(new Request(url, init)) };
}

test('the page is index.html, with the nonce of its own policy, a fresh one each time', async () => {
  const { respond } = await makeProtocol();

  const nonces = [];
  for (const response of [await respond('app://aside/'), await respond('app://aside/')]) {
    const nonce = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1];
    expect(await response.text()).toBe(`nonce=${nonce}`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    nonces.push(nonce);
  }

  expect(new Set(nonces).size).toBe(2);
});

test('a worklet is sent as JavaScript, with the headers that go with everything', async () => {
  const { respond } = await makeProtocol();

  const response = await respond('app://aside/assets/player-worklet-1a2b.js');

  expect(await response.text()).toBe('registerProcessor()');
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
});

test.each([
  'app://aside/nothing',
  'app://aside/assets',
  'app://aside/../secret.txt',
  'app://aside/assets/../../secret.txt',
  'app://aside/..%2fsecret.txt',
  'app://aside/%2e%2e/secret.txt',
  'app://aside/%2e%2e%2fsecret.txt',
  'app://aside/..%5csecret.txt',
  'app://aside/..\\secret.txt',
  'app://aside//etc/passwd',
  'app://aside/%00',
  'app://aside/%ff',
  'app://other/index.html',
  'app://aside.example/index.html',
])('finds nothing at %s', async (url) => {
  const { respond } = await makeProtocol();

  const response = await respond(url);

  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain('secret');
});

test('POST is not allowed', async () => {
  const { respond } = await makeProtocol();

  expect((await respond('app://aside/', { method: 'POST', body: 'x' })).status).toBe(405);
});

test('a file that has gone is an error in the log, not a rejection', async () => {
  const { respond, rendererDir, lines } = await makeProtocol();
  await rm(join(rendererDir, 'index.html'));

  expect((await respond('app://aside/')).status).toBe(500);
  expect(lines).toEqual([expect.stringContaining('cannot be read')]);
});

test('the scheme has an origin and is secure, and may not bypass the policy', () => {
  expect(pageScheme).toEqual({
    scheme: 'app',
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  });
});
