import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeLeftovers, renamePersistently, writeAtomic } from '../../../../main/files/write-atomic.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-atomic-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('pieces are written one after the other, in a folder that is made when it is missing', async () => {
  const path = join(dir, 'deep', 'down', 'a.txt');
  await writeAtomic(path, ['one ', 'zwölf ', '😀']);
  expect(readFileSync(path, 'utf8')).toBe('one zwölf 😀');
});

test('nothing but the file is left', async () => {
  await writeAtomic(join(dir, 'a.txt'), ['x']);
  expect(readdirSync(dir)).toEqual(['a.txt']);
});

test('only its owner can read it', async () => {
  await writeAtomic(join(dir, 'a.txt'), ['x']);
  expect(statSync(join(dir, 'a.txt')).mode & 0o777).toBe(0o600);
});

test('a link stays a link, and what it leads to is written', async () => {
  writeFileSync(join(dir, 'real.txt'), 'before');
  symlinkSync(join(dir, 'real.txt'), join(dir, 'link.txt'));
  await writeAtomic(join(dir, 'link.txt'), ['after']);
  expect(readFileSync(join(dir, 'real.txt'), 'utf8')).toBe('after');
});

test('two writings at once leave one of the two values, whole', async () => {
  const path = join(dir, 'a.txt');
  const values = ['a', 'b'].map((letter) => Array<string>(50).fill(letter.repeat(10_000)));
  await Promise.all(values.map((pieces) => writeAtomic(path, pieces)));
  expect(values.map((pieces) => pieces.join(''))).toContain(readFileSync(path, 'utf8'));
});

test('a piece that cannot be made leaves the old file and no other', async () => {
  const path = join(dir, 'a.txt');
  writeFileSync(path, 'before');
  const pieces = function* () {
    yield 'half';
    throw new Error('no more');
  };
  await expect(writeAtomic(path, pieces())).rejects.toThrow('no more');
  expect(readdirSync(dir)).toEqual(['a.txt']);
  expect(readFileSync(path, 'utf8')).toBe('before');
});

describe('renaming', () => {
  const refusal = (code: string) => Object.assign(new Error(code), { code });
  const attempt = async (refusals: readonly string[]) => {
    const left = [...refusals];
    let tries = 0;
    let waitedMs = 0;
    const steps = {
      rename: async () => {
        tries++;
        const code = left.shift();
        if (code) throw refusal(code);
      },
      wait: async (ms: number) => {
        waitedMs += ms;
      },
    };
    const outcome = await renamePersistently('a', 'b', steps).then(
      () => 'done',
      (error: NodeJS.ErrnoException) => error.code,
    );
    return { outcome, tries, hasWaited: waitedMs > 0 };
  };

  test.each(['EPERM', 'EACCES', 'EBUSY'])('is tried again while another program holds the file (%s)', async (code) => {
    expect(await attempt([code, code])).toEqual({ outcome: 'done', tries: 3, hasWaited: true });
  });

  test('gives up after half a second', async () => {
    expect(await attempt(Array(20).fill('EBUSY'))).toEqual({ outcome: 'EBUSY', tries: 5, hasWaited: true });
  });

  test('is not tried again when trying is no use', async () => {
    expect(await attempt(['ENOSPC'])).toEqual({ outcome: 'ENOSPC', tries: 1, hasWaited: false });
  });
});

describe('what a killed run left behind', () => {
  test('is removed when it is old, and nothing else', async () => {
    const old = new Date(Date.now() - 3_600_000);
    for (const name of [
      'a.json',
      'a.json.0123456789ab.tmp',
      'b.json.0123456789ab.tmp',
      'a.json.corrupt-1',
      'a.json.tmp',
    ]) {
      writeFileSync(join(dir, name), '');
      utimesSync(join(dir, name), old, old);
    }
    writeFileSync(join(dir, 'a.json.abcdef012345.tmp'), 'another run writes it now');
    await removeLeftovers(join(dir, 'a.json'));
    expect(readdirSync(dir).sort()).toEqual([
      'a.json',
      'a.json.abcdef012345.tmp',
      'a.json.corrupt-1',
      'a.json.tmp',
      'b.json.0123456789ab.tmp',
    ]);
  });

  test('does not matter when there is no folder yet', async () => {
    await removeLeftovers(join(dir, 'none', 'a.json'));
    expect(readdirSync(dir)).toEqual([]);
  });
});
