import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FlushAhead } from '../../../../main/exports/flush-ahead.ts';

const MB = 1024 ** 2;

/** Flushes end when they are told to. */
function held() {
  const flushes: { path: string; end: () => void; fail: (why: Error) => void }[] = [];
  const ahead = new FlushAhead(
    (path) => new Promise((resolve, reject) => flushes.push({ path, end: resolve, fail: reject })),
  );
  return { ahead, flushes };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('flushes a file each time that it has grown by 64 MB', async () => {
  const { ahead, flushes } = held();
  for (let bytes = 10 * MB; bytes <= 200 * MB; bytes += 10 * MB) {
    ahead.wrote('/a', bytes);
    flushes.at(-1)?.end();
    await settled();
  }
  expect(flushes.map(({ path }) => path)).toEqual(['/a', '/a']);
});

it('runs one flush at a time, and counts a new file from its beginning', async () => {
  const { ahead, flushes } = held();
  ahead.wrote('/a', 70 * MB);
  ahead.wrote('/a', 700 * MB);
  expect(flushes).toHaveLength(1);
  flushes[0]?.end();
  await ahead.done();
  ahead.wrote('/b', 60 * MB);
  expect(flushes).toHaveLength(1);
  ahead.wrote('/b', 64 * MB);
  expect(flushes.map(({ path }) => path)).toEqual(['/a', '/b']);
});

it('tells of a flush that failed, then and at the end', async () => {
  const { ahead, flushes } = held();
  ahead.wrote('/a', 70 * MB);
  flushes[0]?.fail(Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' }));
  await expect(ahead.done()).rejects.toMatchObject({ code: 'file', details: { path: '/a', reason: 'EIO' } });
  expect(() => ahead.wrote('/a', 80 * MB)).toThrow(/\/a/);
  expect(ahead.failedAt).toEqual({ path: '/a', intactBytes: 0 });
});

it('knows what was on the disk before a flush that failed', async () => {
  const { ahead, flushes } = held();
  ahead.wrote('/a', 70 * MB);
  flushes[0]?.end();
  await ahead.done();
  ahead.wrote('/a', 140 * MB);
  flushes[1]?.fail(new Error('gone'));
  await expect(ahead.done()).rejects.toThrow(/gone/);
  expect(ahead.failedAt).toEqual({ path: '/a', intactBytes: 70 * MB });
});

it('flushes real files, and tells of one that is gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aside-flush-'));
  const path = join(folder, 'audio');
  await writeFile(path, 'samples');
  const ahead = new FlushAhead();
  ahead.wrote(path, 70 * MB);
  await ahead.done();
  await rm(folder, { recursive: true });
  ahead.wrote(path, 140 * MB);
  await expect(ahead.done()).rejects.toMatchObject({ code: 'file', details: { path, reason: 'ENOENT' } });
});
