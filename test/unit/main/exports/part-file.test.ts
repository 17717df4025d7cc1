import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPartFile } from '../../../../main/exports/part-file.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-part-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('openPartFile', () => {
  it('gives each of two writers of one target a file of its own, and the last one wins whole', async () => {
    const target = join(dir, 'a.wav');
    const [first, second] = await Promise.all([openPartFile(target), openPartFile(target)]);
    await first.handle.writeFile('first, which is longer');
    await second.handle.writeFile('second');
    await first.commit();
    await second.commit();
    expect(readFileSync(target, 'utf8')).toBe('second');
    expect(readdirSync(dir)).toEqual(['a.wav']);
  });

  it('leaves a user’s own .part file alone', async () => {
    writeFileSync(join(dir, 'a.wav.part'), 'precious');
    const part = await openPartFile(join(dir, 'a.wav'));
    await part.discard();
    expect(readFileSync(join(dir, 'a.wav.part'), 'utf8')).toBe('precious');
  });

  it.skipIf(process.platform === 'win32')('replaces the file that a link leads to, and keeps the link', async () => {
    const link = join(dir, 'link.wav');
    const file = join(dir, 'elsewhere', 'real.wav');
    mkdirSync(dirname(file));
    writeFileSync(file, 'old');
    symlinkSync(file, link);
    const part = await openPartFile(link);
    await part.handle.writeFile('new');
    await part.commit();
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  it('refuses a folder before anything is written', async () => {
    await expect(openPartFile(dir)).rejects.toMatchObject({ code: 'file', details: { path: dir, reason: 'EISDIR' } });
  });

  describe.skipIf(process.platform === 'win32')('on a system with devices and pipes', () => {
    it.each([
      ['a device', () => '/dev/null'],
      [
        'a pipe',
        () => {
          execFileSync('mkfifo', [join(dir, 'pipe')]);
          return join(dir, 'pipe');
        },
      ],
      [
        'a link to nothing',
        () => {
          symlinkSync(join(dir, 'gone'), join(dir, 'link'));
          return join(dir, 'link');
        },
      ],
    ])('refuses %s, and leaves it as it is', async (_, make) => {
      const path = make();
      const { mode, ino } = lstatSync(path);
      await expect(openPartFile(path)).rejects.toMatchObject({ code: 'file', details: { path, reason: 'not-a-file' } });
      expect(lstatSync(path)).toMatchObject({ mode, ino });
    });
  });
});
