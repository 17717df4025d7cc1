import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NamesInFolders } from '../../../../main/exports/names-in-folders.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-names-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('tells which files need no look: those without a name there, in whatever case', async () => {
  for (const name of ['Été.wav', 'book.wav']) writeFileSync(join(dir, name), '');
  const names = new NamesInFolders();
  const asked = ['book.wav', 'BOOK.wav', 'E\u0301te\u0301.wav', 'boo.wav'];
  const may = await Promise.all(asked.map((name) => names.mayHave(join(dir, name))));
  expect(may).toEqual([true, true, true, false]);
});

it('knows of a folder that is not there that nothing is in it, and of one that cannot be read that something may be', async () => {
  writeFileSync(join(dir, 'file'), '');
  const names = new NamesInFolders();
  const may = await Promise.all(['absent', 'file'].map((folder) => names.mayHave(join(dir, folder, 'book.wav'))));
  expect([may, await names.firstPartsOf(join(dir, 'file', 'book.wav'))]).toEqual([[false, true], []]);
});

it('finds the first parts of a series, whatever their titles', async () => {
  const series = ['book-01.wav', 'book-001 The Storm.wav', 'book-01 One-01 Two.wav'];
  for (const name of [...series, 'book-02.wav', 'books-01.wav', 'book-01.mp3']) writeFileSync(join(dir, name), '');
  const found = await new NamesInFolders().firstPartsOf(join(dir, 'book.wav'));
  expect(found.map((path) => basename(path)).toSorted()).toEqual(series.toSorted());
});
