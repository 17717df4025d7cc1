import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { JOB, JOURNAL, WorkFolder } from '../../../../main/exports/work-folder.ts';

const removed: string[] = [];
vi.mock('../../../../main/files/remove-file.ts', async (original) => {
  const { removeFile } = await original<typeof import('../../../../main/files/remove-file.ts')>();
  const noted = (path: string): Promise<void> => {
    removed.push(path);
    return removeFile(path);
  };
  return { removeFile: noted };
});

it('removes first what it was told to make, so that nobody is offered what is half gone', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'aside-work-'));
  const folder = await WorkFolder.claim(join(dir, 'book.wav'));
  for (const name of ['audio-0001', JOURNAL, JOB]) writeFileSync(folder.file(name), '');
  removed.length = 0;
  await folder.discard();
  expect(removed.map((path) => path.slice(folder.path.length + 1))).toEqual([JOB, JOURNAL, 'audio-0001', 'lock']);
  expect(existsSync(folder.path)).toBe(false);
  rmSync(dir, { recursive: true });
});
