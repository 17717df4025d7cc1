import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { REFRESH_MS, RefreshedLock } from '../../../../main/exports/refreshed-lock.ts';

let dir = '';
let path = '';
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  dir = mkdtempSync(join(tmpdir(), 'aside-lock-'));
  path = join(dir, 'lock');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(dir, { recursive: true, force: true });
});

const onLost = vi.fn();
const setAge = (ms: number): void => utimesSync(path, new Date(Date.now() - ms), new Date(Date.now() - ms));
const left = (holder: object, ageMs: number): void => {
  writeFileSync(path, JSON.stringify({ token: 'x', ...holder }));
  setAge(ageMs);
};

const LIVES = { pid: process.ppid, host: hostname() };
const GONE = { pid: 2 ** 22 + 1, host: hostname() };
const ELSEWHERE = { pid: 1, host: 'elsewhere' };

it.each<[string, object, number, boolean]>([
  ['not from a process that lives', LIVES, 30_000, false],
  ['from one whose id may be another’s now', LIVES, 61_000, true],
  ['from one that is gone, at once', GONE, 0, true],
  ['not from another machine that has just refreshed it', ELSEWHERE, 30_000, false],
  ['from another machine, or this one under another name, that no longer does', ELSEWHERE, 61_000, true],
  ['from a time that is still to come', ELSEWHERE, -3_600_000, true],
])('is taken over %s', async (_, holder, ageMs, isTaken) => {
  left(holder, ageMs);
  const lock = new RefreshedLock(path, onLost);
  expect(await lock.take()).toBe(isTaken);
  await lock.drop();
  expect(existsSync(path)).toBe(!isTaken);
});

it('is refreshed as long as it is held', async () => {
  const lock = new RefreshedLock(path, onLost);
  await lock.take();
  setAge(59_000);
  vi.advanceTimersByTime(REFRESH_MS);
  await expect.poll(() => Date.now() - statSync(path).mtimeMs).toBeLessThan(50_000);

  rmSync(path); // somebody has tidied up
  vi.advanceTimersByTime(REFRESH_MS);
  await expect.poll(() => existsSync(path)).toBe(true);
  await lock.drop();
  expect(vi.getTimerCount()).toBe(0);
  expect(existsSync(path)).toBe(false);
  expect(onLost).not.toHaveBeenCalled();
});

it('tells when another has taken it meanwhile, and leaves it to that one', async () => {
  const lock = new RefreshedLock(path, onLost);
  await lock.take();
  left(ELSEWHERE, 0);
  const held = readFileSync(path, 'utf8');
  vi.advanceTimersByTime(REFRESH_MS);
  await expect.poll(() => onLost.mock.calls.length).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
  await lock.drop();
  expect(readFileSync(path, 'utf8')).toBe(held);
});
