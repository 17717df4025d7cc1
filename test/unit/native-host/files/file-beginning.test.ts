import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginFile } from '../../../../native-host/files/file-beginning.ts';

const BUSY = { code: 'refused', details: { reason: 'target-busy' } };

let dir = '';
let folder = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-begin-'));
  folder = join(dir, 'a.wav.part');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const beginning = (mark = 'mine', more: { notes?: { path: string; content: string }[] } = {}) => ({
  folder,
  mark: { path: join(folder, 'lock'), content: mark },
  notes: [{ path: join(folder, 'job.json'), content: '{}' }],
  ...more,
});

describe.each(['blocking', 'later'] as const)('beginFile, %s', (how) => {
  it('makes the folder with its mark and its notes', async () => {
    await beginFile(beginning(), how);
    expect(readdirSync(folder).toSorted()).toEqual(['job.json', 'lock']);
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe('mine');
  });

  it('goes on with a folder of its own, which an attempt made that has failed', async () => {
    await beginFile(beginning(), how);
    rmSync(join(folder, 'job.json'));
    await beginFile(beginning(), how);
    expect(existsSync(join(folder, 'job.json'))).toBe(true);
  });

  it.each([
    ['is another export’s', () => writeFileSync(join(folder, 'lock'), 'theirs')],
    ['says of nobody that it is theirs', () => writeFileSync(join(folder, 'diary.txt'), 'precious')],
  ])('refuses a folder that %s, and leaves it as it is', async (_, fill) => {
    mkdirSync(folder);
    fill();
    const before = readdirSync(folder);
    await expect(beginFile(beginning(), how)).rejects.toMatchObject(BUSY);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('refuses a file of that name', async () => {
    writeFileSync(folder, 'precious');
    await expect(beginFile(beginning(), how)).rejects.toMatchObject(BUSY);
    expect(readFileSync(folder, 'utf8')).toBe('precious');
  });

  it('says what is wrong with the place, by the name of the folder', async () => {
    folder = join(dir, 'nowhere', 'a.wav.part');
    await expect(beginFile(beginning(), how)).rejects.toMatchObject({
      code: 'file',
      details: { path: folder, reason: 'ENOENT' },
    });
  });

  it('leaves no folder without a mark when the mark cannot be written', async () => {
    const mark = { path: join(folder, 'l'.repeat(300)), content: 'mine' };
    await expect(beginFile({ ...beginning(), mark }, how)).rejects.toMatchObject({ code: 'file' });
    expect(existsSync(folder)).toBe(false);
  });
});
