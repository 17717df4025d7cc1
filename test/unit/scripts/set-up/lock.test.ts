import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';
import { withLock } from '../../../../scripts/set-up/lock.mjs';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aside-lock-'));
  path = join(folder, 'stamps', 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the second to ask works after the first has finished', async () => {
  const log: string[] = [];
  const firstMayEnd = createDeferred<void>();
  const first = withLock(path, async () => {
    log.push('first begins');
    await firstMayEnd.promise;
    log.push('first ends');
  });
  const second = withLock(path, async () => log.push('second'));
  firstMayEnd.resolve();
  await Promise.all([first, second]);
  expect(log).toEqual(['first begins', 'first ends', 'second']);
});

test('work that fails lets the lock go and passes its error on', async () => {
  await expect(withLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(existsSync(path)).toBe(false);
});

test('a lock whose holder is dead is taken over', async () => {
  await withLock(path, async () => {}); // makes the folder
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(path, String(pid));
  expect(await withLock(path, async () => 'done')).toBe('done');
});
