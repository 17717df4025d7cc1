import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, readStamp, writeStamp } from '../../../../scripts/set-up/stamp.mjs';

const SOURCES = ['main', 'lock.json', 'absent'];
let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'aside-stamp-'));
  mkdirSync(join(base, 'main', 'deep'), { recursive: true });
  write('main/a.ts', 'a');
  write('main/deep/b.ts', 'b');
  write('lock.json', '{}');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const write = (path: string, text: string): void => writeFileSync(join(base, path), text);
const take = (): string => fingerprint(base, SOURCES);

test('what has not changed has the same fingerprint, whatever its times', () => {
  const before = take();
  utimesSync(join(base, 'main/a.ts'), 1, 1);
  expect(take()).toBe(before);
});

test.each<[string, () => void]>([
  ['changed bytes of the same length', () => write('main/deep/b.ts', 'c')],
  ['a new file', () => write('main/c.ts', '')],
  ['a removed file', () => rmSync(join(base, 'main/a.ts'))],
  ['a renamed file', () => renameSync(join(base, 'main/a.ts'), join(base, 'main/z.ts'))],
  ['bytes that move to the next file', () => [write('main/a.ts', ''), write('main/deep/b.ts', 'ab')]],
  ['a change in a single file outside of folders', () => write('lock.json', '[]')],
  ['a source that comes into being', () => write('absent', '')],
])('%s is a change', (_what, change) => {
  const before = take();
  change();
  expect(take()).not.toBe(before);
});

test.each(['main/tsconfig.tsbuildinfo', 'main/.swp', 'other.ts'])('%s is no source', (path) => {
  const before = take();
  write(path, 'x');
  expect(take()).toBe(before);
});

test('a stamp is read as it was written', () => {
  const path = join(base, 'dist', 'stamps', 'x');
  writeStamp(path, 'abc');
  expect(readStamp(path)).toBe('abc');
});

test('no stamp reads as null', () => {
  expect(readStamp(join(base, 'nothing'))).toBeNull();
});
