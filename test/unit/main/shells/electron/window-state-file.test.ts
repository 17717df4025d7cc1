import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../../../../main/logging/log.ts';
import { createWindowStateFile } from '../../../../../main/shells/electron/window-state-file.ts';
import { createManualTimers } from '../../../../helpers/manual-timers.ts';

const state = { x: 1, y: 2, width: 800, height: 600, isMaximized: false };

async function makeFile() {
  const dir = await mkdtemp(join(tmpdir(), 'aside-window-state-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), level: 'debug' });
  const timers = createManualTimers();
  return { dir, path: join(dir, 'window-state.json'), lines, timers, file: createWindowStateFile(dir, log, timers) };
}

test('finds what it saved', async () => {
  const { file } = await makeFile();
  file.save(state);
  await file.flush();

  expect(await file.load()).toEqual(state);
});

test('a first start is nothing to log', async () => {
  const { file, lines } = await makeFile();

  expect(await file.load()).toBeNull();
  expect(lines).toEqual([]);
});

test.each([
  ['no JSON', '{"x": 1'],
  ['another shape', '{"x": "left"}'],
])('a file with %s is not used, and the log says so', async (_, content) => {
  const { file, path, lines } = await makeFile();
  await writeFile(path, content);

  expect(await file.load()).toBeNull();
  expect(lines).toEqual([expect.stringContaining('the window state cannot be used')]);
});

test('a drag is written once, with where it ended', async () => {
  const { file, path, timers } = await makeFile();
  for (let x = 0; x < 100; x += 1) file.save({ ...state, x });

  expect(timers.pending).toBe(1);
  await file.flush();

  expect(timers.pending).toBe(0);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ ...state, x: 99 });
});

test('a folder that cannot be written to is logged and nothing more', async () => {
  const { file, dir, lines } = await makeFile();
  await rm(dir, { recursive: true });
  file.save(state);

  await file.flush();

  expect(lines).toEqual([expect.stringContaining('the window state was not saved')]);
});
