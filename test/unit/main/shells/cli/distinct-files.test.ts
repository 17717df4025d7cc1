import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireDistinctFiles } from '../../../../../main/shells/cli/distinct-files.ts';
import { UsageError } from '../../../../../main/shells/cli/outcome.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-distinct-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('requireDistinctFiles', () => {
  it('refuses to write over the input', async () => {
    const input = join(dir, 'a.txt');
    writeFileSync(input, 'precious');
    await expect(requireDistinctFiles({ '<file>': input, '--out': join(dir, '.', 'a.txt') })).rejects.toThrow(
      '<file> and --out are the same file',
    );
  });

  it('refuses one file for two outputs that does not exist yet', async () => {
    const path = join(dir, 'x.wav');
    await expect(requireDistinctFiles({ '--out': path, '--timings': path })).rejects.toThrow(UsageError);
  });

  it.skipIf(process.platform === 'win32')('sees through a link', async () => {
    writeFileSync(join(dir, 'a.txt'), 'precious');
    symlinkSync(join(dir, 'a.txt'), join(dir, 'b.wav'));
    await expect(requireDistinctFiles({ '<file>': join(dir, 'a.txt'), '--out': join(dir, 'b.wav') })).rejects.toThrow(
      UsageError,
    );
  });

  it('takes stdin and stdout for two things, and different files for different', async () => {
    await requireDistinctFiles({ '<file>': '-', '--out': '-', '--timings': join(dir, 't.json') });
    await expect(
      requireDistinctFiles({ '<file>': join(dir, 'a'), '--out': join(dir, 'b'), '--timings': undefined }),
    ).resolves.toBeUndefined();
  });
});
