import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { textsInFolder } from '../../../../main/exports/texts-in-folder.ts';

const dir = mkdtempSync(join(tmpdir(), 'aside-texts-'));
for (const folder of ['a/deep', '.hidden', 'z']) mkdirSync(join(dir, folder), { recursive: true });
for (const name of [
  '10.txt',
  '9.txt',
  'B.MD',
  'a/one.txt',
  'a/deep/two.markdown',
  'z/x.txt',
  '.hidden/y.txt',
  '.z.txt',
  'p.png',
]) {
  writeFileSync(join(dir, name), 'x');
}
symlinkSync(dir, join(dir, 'z', 'loop'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const found = async (max: number) => (await textsInFolder(dir, max)).map((path) => relative(dir, path));

it('finds the texts in the order of a file manager, hidden ones and links left out', async () => {
  expect(await found(100)).toEqual(
    ['9.txt', '10.txt', 'B.MD', 'a/one.txt', 'a/deep/two.markdown', 'z/x.txt'].map((path) => join(path)),
  );
});

it('stops where it has as many as are wanted', async () => {
  expect(await found(2)).toEqual(['9.txt', '10.txt']);
});

it('rejects for a folder that is not there', async () => {
  await expect(textsInFolder(join(dir, 'none'), 1)).rejects.toMatchObject({ code: 'ENOENT' });
});
