import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleModel } from '../../helpers/bundle-model.ts';
import type { BundledProgram } from '../../helpers/bundle-program.ts';

/**
 *     threading.Thread(target=native_call).start()   # and the native call crashes
 *
 * Everything that may die runs in a process of its own here, also the one that uses threads.
 */
let parent: BundledProgram;
beforeAll(async () => {
  parent = await bundleModel('thread-or-host', 'work-host', 'work-thread', 'work-on-thread');
});
afterAll(() => parent.remove());

interface Ending {
  readonly said: string[];
  readonly exitCode: number | string | null;
  readonly signal: string | null;
}

function run(...args: string[]): Promise<Ending> {
  return new Promise((resolve) => {
    execFile(process.execPath, [parent.path, ...args], (error, stdout) =>
      resolve({
        said: stdout.trim().split('\n'),
        exitCode: error ? (error.code ?? null) : 0,
        signal: error?.signal ?? null,
      }),
    );
  });
}

describe.skipIf(process.platform === 'win32')(
  'a call on a thread of the same process (POSIX)',
  { timeout: 60_000 },
  () => {
    it('does not survive a native crash: the whole process is gone, and nobody is told', async () => {
      expect(await run('thread')).toEqual({ said: ['sum 6 in this process'], exitCode: null, signal: 'SIGSEGV' });
    });

    it('cannot be ended while it is in native code', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'thread-'));
      try {
        const pipes = ['begun', 'end'].map((name) => join(folder, name));
        execFileSync('mkfifo', pipes);
        expect((await run('stuck', ...pipes)).said).toEqual([
          'sum 6 in this process',
          'the idle one has ended',
          'the pipe speaks',
          'the stuck one has ended',
        ]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('survives it in a host: the call fails by name, and the next one is answered', async () => {
      expect(await run('host')).toEqual({
        said: ['sum 6 in another process', 'crash: host-exited SIGSEGV', 'sum 6 in another process'],
        exitCode: 0,
        signal: null,
      });
    });
  },
);
