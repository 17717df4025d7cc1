import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { removeFile } from '../../../../main/files/remove-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'aside-remove-'));
afterAll(() => rm(folder, { recursive: true }));

it('removes a file, also when there is none', async () => {
  const path = join(folder, 'file');
  await writeFile(path, '');
  await removeFile(path);
  expect(existsSync(path)).toBe(false);
  await removeFile(path);
});

it('leaves a folder alone', async () => {
  const path = join(folder, 'inner');
  await mkdir(path);
  await writeFile(join(path, 'file'), '');
  await expect(removeFile(path)).rejects.toThrow();
  expect(existsSync(join(path, 'file'))).toBe(true);
});

it('rejects with what the system says', async () => {
  const path = join(folder, 'no-folder');
  await writeFile(path, '');
  await expect(removeFile(join(path, 'file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});
