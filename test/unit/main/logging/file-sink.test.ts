import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileSink } from '../../../../main/logging/file-sink.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-log-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('lines are appended in order, in a folder that is made when it is missing', async () => {
  const path = join(dir, 'logs', 'aside.log');
  const sink = createFileSink({ path });
  for (let i = 0; i < 500; i++) sink.write(`${i}\n`);
  await sink.flush();
  expect(readFileSync(path, 'utf8')).toBe(Array.from({ length: 500 }, (_, i) => `${i}\n`).join(''));
});

test('what an earlier run wrote stays', async () => {
  const path = join(dir, 'aside.log');
  writeFileSync(path, 'before\n');
  const sink = createFileSink({ path });
  sink.write('after\n');
  await sink.flush();
  expect(readFileSync(path, 'utf8')).toBe('before\nafter\n');
});

test('a full file is set aside, and only one is kept', async () => {
  const path = join(dir, 'aside.log');
  const sink = createFileSink({ path, maxBytes: 10 });
  for (const line of ['first 10 b\n', 'second 10 b\n', 'third\n']) {
    sink.write(line);
    await sink.flush();
  }
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('second 10 b\n');
  expect(readFileSync(path, 'utf8')).toBe('third\n');
  expect(existsSync(`${path}.2`)).toBe(false);
});

test('a file that cannot be written is reported once and never throws', async () => {
  const problems: unknown[] = [];
  const sink = createFileSink({ path: dir, onProblem: (error) => problems.push(error) });
  sink.write('a\n');
  await sink.flush();
  sink.write('b\n');
  await sink.flush();
  expect(problems).toHaveLength(1);
});
