import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixturePath } from '../../fixtures/hosts/fixture-path.ts';
import { type BundledProgram, bundleProgram } from '../../helpers/bundle-program.ts';

let parent: BundledProgram;
beforeAll(async () => {
  parent = await bundleProgram(fileURLToPath(new URL('../../fixtures/hosts/pool-parent.ts', import.meta.url)));
});
afterAll(() => parent.remove());

it('a parent without file descriptors to spare is told so, and lives on to close its pool', async () => {
  const run = promisify(execFile);
  // Enough for Node itself, and too few for the pipes of a child.
  const script = 'ulimit -n 22; exec "$0" "$@"';
  const args = [parent.path, 'echo', fixturePath('echo'), '[]', 'echo.wait', '{}'];
  const { stderr, stdout } = await run('sh', ['-c', script, process.execPath, ...args]);
  expect([stdout, stderr]).toEqual([
    '',
    `The scripted host was given up after 2 restarts; last: The scripted host could not be started: spawn ${process.execPath} EMFILE\n`,
  ]);
});
