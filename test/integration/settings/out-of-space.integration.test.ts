import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeAtomic } from '../../../main/files/write-atomic.ts';
import { type BundledProgram, bundleProgram } from '../../helpers/bundle-program.ts';

let dir = '';
let program: BundledProgram;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'aside-space-'));
  program = await bundleProgram(fileURLToPath(new URL('../../fixtures/settings/write-once.ts', import.meta.url)));
});
afterAll(() => {
  program.remove();
  rmSync(dir, { recursive: true, force: true });
});

/** The shell's file size limit does what a full disk does: the system takes a part of the bytes and then no more. */
function writeWithLimit(path: string, length: number): string {
  const script = `trap '' XFSZ; ulimit -f 100; exec "$0" "$@"`;
  return execFileSync('sh', ['-c', script, process.execPath, program.path, path, `${length}`], { encoding: 'utf8' });
}

test.skipIf(process.platform === 'win32')(
  'when only a part of the bytes can be written, the old file stays whole and nothing else is left (needs a POSIX shell)',
  async () => {
    const data = join(dir, 'data');
    mkdirSync(data);
    const path = join(data, 'a.txt');
    await writeAtomic(path, ['before']);
    expect(writeWithLimit(path, 300_000)).toBe('EFBIG');
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(data)).toEqual(['a.txt']);
    expect(writeWithLimit(path, 1_000)).toBe('written');
  },
);
