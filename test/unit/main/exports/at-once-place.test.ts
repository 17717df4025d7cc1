import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { placeInBatch } from '../../../../main/exports/at-once-place.ts';
import type { ExportJob, SharedFolder } from '../../../../main/exports/export-job.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-at-once-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const at = (name: string): string => join(dir, name);

/** Of a text of a batch that was asked for at that moment. */
async function place(askedMs: number) {
  const batch: SharedFolder = { path: dir, beginning: { folder: dir, notes: [] } as never, newFile: () => at('made') };
  const job = { text: 'Words.', path: at('a.wav'), mayReplace: { olderThanMs: askedMs } } as ExportJob;
  const found = await placeInBatch(job, batch);
  writeFileSync(at('made'), 'made');
  return found;
}

const wayIn = { code: 'refused', details: { reason: 'target-exists' } };

it('replaces a file that was there before the batch, and none that came since', async () => {
  writeFileSync(at('a.wav'), 'old');
  await (await place(Date.now() + 60_000))?.finish();
  expect(readFileSync(at('a.wav'), 'utf8')).toBe('made');
  await expect(place(Date.now() - 60_000)).rejects.toMatchObject(wayIn);
});

it('does not replace one that comes while it is made, however old that says to be', async () => {
  const found = await place(Date.now() - 60_000);
  writeFileSync(at('a.wav'), 'mine');
  utimesSync(at('a.wav'), 1_600_000_000, 1_600_000_000);
  await expect(found?.finish()).rejects.toMatchObject(wayIn);
  expect(readFileSync(at('a.wav'), 'utf8')).toBe('mine');
});

it('does not replace one that says to be of a later day', async () => {
  writeFileSync(at('a.wav'), 'mine');
  const askedMs = Date.now() + 60_000;
  utimesSync(at('a.wav'), askedMs / 1_000 + 1, askedMs / 1_000 + 1);
  await expect(place(askedMs)).rejects.toMatchObject(wayIn);
});
