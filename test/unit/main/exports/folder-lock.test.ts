import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FolderLock, isLockHeld } from '../../../../main/exports/folder-lock.ts';

let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-lock-'));
  path = join(dir, 'lock');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const GONE_PID = 2 ** 22 + 1; // above what systems give
const left = (holder: object): void => writeFileSync(path, JSON.stringify(holder));
const takers = (count: number): FolderLock[] => Array.from({ length: count }, () => new FolderLock(path));
const taken = async (locks: FolderLock[]): Promise<number> =>
  (await Promise.all(locks.map((lock) => lock.take()))).filter(Boolean).length;

it('is held by one of many who come at the same time, and by the next when it is dropped', async () => {
  const locks = takers(8);
  expect(await taken(locks)).toBe(1);
  expect(await isLockHeld(path)).toBe(true);
  for (const lock of locks) await lock.drop();
  expect(await isLockHeld(path)).toBe(false);
  expect(await new FolderLock(path).take()).toBe(true);
  expect(readdirSync(dir)).toEqual(['lock']);
});

it('is taken over from a process that is gone, by one of many', async () => {
  for (let round = 0; round < 20; round += 1) {
    left({ pid: GONE_PID, host: hostname(), token: 'x' });
    const locks = takers(6);
    expect(await taken(locks)).toBe(1);
    for (const lock of locks) await lock.drop();
  }
});

it.each<[string, object, boolean]>([
  ['a process that lives', { pid: process.ppid, host: hostname(), token: 'x' }, true],
  ['an earlier lock of this process', { pid: process.pid, host: hostname(), token: 'x' }, false],
  ['a process that is gone', { pid: GONE_PID, host: hostname(), token: 'x' }, false],
  ['another machine', { pid: GONE_PID, host: 'elsewhere', token: 'x' }, true],
])('tells whether %s holds it', async (_, holder, isHeld) => {
  left(holder);
  expect(await isLockHeld(path)).toBe(isHeld);
  expect(await new FolderLock(path).take()).toBe(!isHeld);
});

it('lets a lock of another machine go after a day, and one without content after a moment', async () => {
  left({ pid: 1, host: 'elsewhere', token: 'x' });
  const longAgo = new Date(Date.now() - 25 * 3_600_000);
  utimesSync(path, longAgo, longAgo);
  expect(await isLockHeld(path)).toBe(false);
  writeFileSync(path, '');
  expect(await isLockHeld(path)).toBe(true);
  utimesSync(path, longAgo, longAgo);
  expect(await isLockHeld(path)).toBe(false);
});

it('that a host is to make is held from then on, and is nobody’s when the host has made none', async () => {
  const lock = new FolderLock(path);
  lock.expect();
  writeFileSync(path, lock.content); // as the host does
  expect(await new FolderLock(path).take()).toBe(false);
  expect(await lock.isMade()).toBe(true);
  await lock.drop();
  expect(readdirSync(dir)).toEqual([]);

  const other = new FolderLock(path);
  expect(await other.take()).toBe(true);
  lock.expect();
  expect(await lock.isMade()).toBe(false);
  await lock.drop();
  expect(await isLockHeld(path)).toBe(true);
  await other.drop();
});
