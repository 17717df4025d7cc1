import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeDocument, readDocumentFile } from '../../../../main/documents/read-document.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { MAX_DOCUMENT_BYTES } from '../../../../protocol/model/document.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-documents-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const refusal = (path: string): Promise<unknown> =>
  readDocumentFile(path).then(
    () => 'read',
    (error: unknown) => error,
  );

test('a file is read by its name and content', async () => {
  const path = join(dir, 'Café.md');
  writeFileSync(path, '# Título');
  expect(await readDocumentFile(path)).toEqual({
    name: 'Café.md',
    text: 'Título',
    format: 'markdown',
    encoding: 'UTF-8',
  });
});

test('a link is followed and keeps its own name', async () => {
  writeFileSync(join(dir, 'real.txt'), 'text');
  symlinkSync(join(dir, 'real.txt'), join(dir, 'link.txt'));
  expect(await readDocumentFile(join(dir, 'link.txt'))).toMatchObject({ name: 'link.txt', text: 'text' });
});

test('bytes that are part of a larger buffer are read alone', async () => {
  const bytes = Buffer.from('before|text|after').subarray(7, 11);
  expect((await decodeDocument('a.txt', bytes)).text).toBe('text');
});

describe('what cannot be read is refused with its whole path and a remedy', () => {
  test.each<[reason: string, make: () => string]>([
    ['ENOENT', () => join(dir, 'missing.txt')],
    ['ENOTDIR', () => join(makeFile('a.txt'), 'b.txt')],
    ['EISDIR', () => makeDir('folder.txt')],
    ['not-a-file', () => makePipe('pipe.txt')],
    ['ELOOP', () => makeLoop('loop.txt')],
    ['ENAMETOOLONG', () => join(dir, 'n'.repeat(300))],
    ['too-large', () => makeHuge('huge.txt')],
    ['not-text', () => makeFile('a.pdf', '%PDF-1.7\n')],
  ])('%s', async (reason, make) => {
    const path = make();
    const error = await refusal(path);
    expect(error).toBeInstanceOf(AsideError);
    expect(error).toMatchObject({ code: 'file', details: { path, reason } });
    expect((error as AsideError).remedy).not.toBe('');
  });

  const makeFile = (name: string, content = 'x'): string => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const makeDir = (name: string): string => {
    mkdirSync(join(dir, name));
    return join(dir, name);
  };
  const makePipe = (name: string): string => {
    execFileSync('mkfifo', [join(dir, name)]);
    return join(dir, name);
  };
  const makeLoop = (name: string): string => {
    symlinkSync(join(dir, name), join(dir, name));
    return join(dir, name);
  };
  const makeHuge = (name: string): string => {
    truncateSync(makeFile(name), MAX_DOCUMENT_BYTES + 1);
    return join(dir, name);
  };
});
