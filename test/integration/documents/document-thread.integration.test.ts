import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeApart } from '../../../main/documents/decode-apart.ts';
import { decodeDocumentSync } from '../../../main/documents/decode-document.ts';
import { AsideError } from '../../../protocol/errors.ts';

const threadPath = fileURLToPath(new URL('../../../dist/main/document-thread.js', import.meta.url));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const markdown = utf8('# Title\n\nSome *text* with a [link](http://a.example).\n\n- item\n\n'.repeat(200));

let dir = '';
beforeAll(() => {
  // Without its program everything would be read here, and these tests would show nothing.
  expect(existsSync(threadPath)).toBe(true);
  dir = mkdtempSync(join(tmpdir(), 'aside-thread-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const failure = (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    () => 'no failure',
    (error: unknown) => error,
  );

test('the thread reads what would be read here', async () => {
  expect(await decodeApart('a.md', markdown, { threadPath })).toEqual(decodeDocumentSync('a.md', markdown));
});

test('the caller keeps its bytes', async () => {
  const bytes = utf8('word '.repeat(100_000));
  await decodeApart('a.txt', bytes, { threadPath });
  expect(bytes.byteLength).toBe(500_000);
});

test('a refusal of the thread arrives with its code, details and remedy', async () => {
  const zip = new Uint8Array(1024 * 1024);
  zip.set(Buffer.from('PK\x03\x04 word/', 'latin1'));
  const error = await failure(decodeApart('a.docx', zip, { threadPath }));
  expect(error).toBeInstanceOf(AsideError);
  expect(error).toMatchObject({ code: 'file', details: { path: 'a.docx', reason: 'not-text' } });
  expect((error as AsideError).remedy).toContain('plain text');
});

test('the event loop of the caller turns while the thread works', async () => {
  const turned = join(dir, 'turned');
  const path = join(dir, 'until-turned.cjs');
  const document = { name: 'a.md', text: 'read', format: 'markdown', encoding: 'UTF-8' };
  // It is not done before a turn of the caller's event loop has made the file.
  writeFileSync(
    path,
    `while (!require("node:fs").existsSync(${JSON.stringify(turned)}));
     require("node:worker_threads").parentPort.postMessage(${JSON.stringify({ document })});`,
  );
  setImmediate(() => writeFileSync(turned, ''));
  expect(await decodeApart('a.md', markdown, { threadPath: path })).toEqual(document);
});

test.each([
  ['fails', 'throw new Error("no");', 'failed: no'],
  ['ends without an answer', '', 'no answer'],
  [
    'answers with something else',
    'require("node:worker_threads").parentPort.postMessage({ text: 1 });',
    'document-thread',
  ],
])('a thread that %s is an error and no promise without end', async (_what, program, message) => {
  const path = join(dir, 'thread.cjs');
  writeFileSync(path, program);
  const error = await failure(decodeApart('a.md', markdown, { threadPath: path }));
  expect(error).toBeInstanceOf(AsideError);
  expect((error as AsideError).message).toContain(message);
});

test('a text that the thread is not done with in time is given with its markup', async () => {
  const path = join(dir, 'never-done.cjs');
  writeFileSync(path, 'for (;;);');
  const document = await decodeApart('a.md', markdown, { threadPath: path, deadlineMs: 20 });
  expect(document).toMatchObject({ keepsMarkup: true, text: expect.stringContaining('Some *text* with a [link]') });
});
