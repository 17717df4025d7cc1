import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleModel } from '../../helpers/bundle-model.ts';
import type { BundledProgram } from '../../helpers/bundle-program.ts';

/**
 *     Process(target=f).start()   # without: if __name__ == '__main__':
 */
let program: BundledProgram;

beforeAll(async () => {
  program = await bundleModel('starts-itself');
});
afterAll(() => program.remove());

describe('the __main__ guard', { timeout: 60_000 }, () => {
  it('stops a module that starts itself, by a named error, after two generations', async () => {
    const env = { ...process.env };
    delete env.ASIDE_HOST_DEPTH;
    // Each process hands on what its children say. It ends when they have ended, so this is all.
    const { stderr } = await promisify(execFile)(process.execPath, [program.path], { env });
    const counts = new Map<string, number>();
    for (const line of stderr.trim().split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      'depth 0: begun': 1,
      'depth 1: begun': 2,
      'depth 2: begun': 4,
      'depth 2: host-depth': 8,
    });
  });

  it('lets nobody start from where the limit is', async () => {
    const env = { ...process.env, ASIDE_HOST_DEPTH: '2' };
    const { stderr } = await promisify(execFile)(process.execPath, [program.path], { env });
    expect(stderr).toBe('depth 2: begun\ndepth 2: host-depth\ndepth 2: host-depth\n');
  });
});
