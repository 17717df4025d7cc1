import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setAside } from '../../../../main/files/set-aside.ts';

let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-corrupt-'));
  path = join(dir, 'a.json');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const setAsideContent = (content: string, when: string): Promise<string> => {
  writeFileSync(path, content);
  return setAside(path, new Date(when));
};

test('the file has a new name with the time, and the path is told', async () => {
  const asidePath = await setAsideContent('bad', '2026-08-01T12:30:00Z');
  expect(asidePath).toBe(`${path}.corrupt-2026-08-01T12-30-00.000Z`);
  expect(readFileSync(asidePath, 'utf8')).toBe('bad');
  expect(readdirSync(dir)).toHaveLength(1);
});

test('two at the same moment are both kept', async () => {
  const first = await setAsideContent('one', '2026-08-01T12:30:00Z');
  const second = await setAsideContent('two', '2026-08-01T12:30:00Z');
  expect([first, second].map((aside) => readFileSync(aside, 'utf8'))).toEqual(['one', 'two']);
});

test('the earlier ones are kept, however many there are', async () => {
  for (let day = 1; day <= 8; day++) await setAsideContent(`${day}`, `2026-08-0${day}T00:00:00Z`);
  const contents = readdirSync(dir).map((name) => readFileSync(join(dir, name), 'utf8'));
  expect(contents.sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
});

test('a file that is not there cannot be set aside', async () => {
  await expect(setAside(path)).rejects.toMatchObject({ code: 'ENOENT' });
});
