import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireWritable } from '../../../../main/exports/target-place.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-place-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('finds out whether a file can be made, and leaves none', async () => {
  await requireWritable(join(dir, 'book.srt'), '/elsewhere');
  expect(readdirSync(dir)).toEqual([]);
  await expect(requireWritable(join(dir, 'absent', 'book.srt'), dir)).rejects.toMatchObject({ code: 'file' });
});

it('tries nothing where the export makes its own folder, since a kill would leave it, but sees what is no file', async () => {
  const absent = join(dir, 'absent');
  await requireWritable(join(absent, 'book.srt'), absent);
  mkdirSync(join(dir, 'book.srt'));
  await expect(requireWritable(join(dir, 'book.srt'), dir)).rejects.toMatchObject({ details: { reason: 'EISDIR' } });
});
