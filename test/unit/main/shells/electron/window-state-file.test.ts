import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../../../../main/logging/log.ts';
import { openWindowStateFile } from '../../../../../main/shells/electron/window-state-file.ts';

const state = { x: 1, y: 2, width: 800, height: 600, isMaximized: false };

async function makeDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'aside-window-state-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

function openIn(dir: string, lines: string[] = []) {
  return openWindowStateFile(dir, createLog({ write: (line) => lines.push(line), level: 'debug' }));
}

test('finds in the next run what it saved in this one', async () => {
  const dir = await makeDir();
  const file = await openIn(dir);
  file.save(state);
  await file.flush();

  expect((await openIn(dir)).last()).toEqual(state);
});

test('knows within a run where the window was last, written or not', async () => {
  const file = await openIn(await makeDir());

  file.save(state);

  expect(file.last()).toEqual(state);
  await file.flush();
});

test('a first start is nothing to log', async () => {
  const lines: string[] = [];

  expect((await openIn(await makeDir(), lines)).last()).toBeNull();
  expect(lines).toEqual([]);
});

test.each([
  ['no JSON', '{"x": 1'],
  ['another shape', '{"x": "left"}'],
])('a file with %s is not used, and the log says so', async (_, content) => {
  const dir = await makeDir();
  await writeFile(join(dir, 'window-state.json'), content);
  const lines: string[] = [];

  expect((await openIn(dir, lines)).last()).toBeNull();
  expect(lines).toEqual([expect.stringContaining('window state')]);
});

test('of many positions the last one is on disk', async () => {
  const dir = await makeDir();
  const file = await openIn(dir);
  for (let x = 0; x < 100; x += 1) file.save({ ...state, x });

  await file.flush();

  expect(JSON.parse(await readFile(join(dir, 'window-state.json'), 'utf8'))).toEqual({ ...state, x: 99 });
});
