import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRendererFiles } from '../../../../main/shells/renderer-files.ts';

async function makePage(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aside-renderer-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

test('finds files by the path of a URL, percent-encoded or not', async () => {
  const files = await openRendererFiles(await makePage({ 'index.html': '', 'assets/a b.js': 'x' }));

  const found = await Promise.all(['/assets/a b.js', '/assets/a%20b.js'].map((path) => files.read(path, '')));

  expect(found.map((file) => file && Buffer.from(file.body).toString())).toEqual(['x', 'x']);
});

test('puts the nonce in every place of index.html, under both its names', async () => {
  const files = await openRendererFiles(await makePage({ 'index.html': '__CSP_NONCE__ __CSP_NONCE__' }));

  const found = await Promise.all(['/', '/index.html'].map((path) => files.read(path, 'n$&')));

  expect(found.map((file) => file && Buffer.from(file.body).toString())).toEqual(['n$& n$&', 'n$& n$&']);
});

test('leaves the placeholder alone in other files', async () => {
  const files = await openRendererFiles(await makePage({ 'index.html': '', 'a.js': '__CSP_NONCE__' }));

  const file = await files.read('/a.js', 'n');

  expect(file && Buffer.from(file.body).toString()).toBe('__CSP_NONCE__');
});

test.each([
  ['a.js', 'text/javascript; charset=utf-8'],
  ['worklet.mjs', 'text/javascript; charset=utf-8'],
  ['a.css', 'text/css; charset=utf-8'],
  ['a.svg', 'image/svg+xml'],
  ['a.woff2', 'font/woff2'],
  ['a.unknown', 'application/octet-stream'],
])('%s is sent as %s', async (path, contentType) => {
  const files = await openRendererFiles(await makePage({ 'index.html': '', [path]: '' }));

  expect(await files.read(`/${path}`, '')).toMatchObject({ contentType });
});

test('a file that has gone since the start is a file error that names it', async () => {
  const folder = await makePage({ 'index.html': '', 'a.js': '' });
  const files = await openRendererFiles(folder);
  await rm(join(folder, 'a.js'));

  await expect(files.read('/a.js', '')).rejects.toMatchObject({
    code: 'file',
    details: { path: join(folder, 'a.js'), reason: 'ENOENT' },
  });
});

test('a folder without index.html is not a built page', async () => {
  const folder = await makePage({ 'a.js': '' });

  await expect(openRendererFiles(folder)).rejects.toMatchObject({ code: 'file', details: { path: folder } });
});
