import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createForkLauncher, startProcess } from '../../../main/hosts/hosts.ts';
import { bundleModel } from '../../helpers/bundle-model.ts';
import type { BundledProgram } from '../../helpers/bundle-program.ts';
import { errorOf } from '../../helpers/error-of.ts';
import { isRunning } from '../../helpers/is-running.ts';
import { createProcessKeeper, launchers } from '../../helpers/models.ts';

/**
 *     pid = os.fork()
 *     if pid == 0: child() else: parent(pid)
 */
let program: BundledProgram;
let folder: string;
const { keep, killAll } = createProcessKeeper();

beforeAll(async () => {
  program = await bundleModel('turn-taking');
  folder = mkdtempSync(join(tmpdir(), 'fork-'));
});
afterEach(killAll);
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

describe.each(launchers)('os.fork with $name', ({ make }) => {
  it('knows the pid at once, and both go on; what they print interleaves', async () => {
    const module = program.path;
    const launcher = make();
    const lines: string[] = [];
    const onLine = (line: string): void => {
      lines.push(line, `parent ${lines.length / 2 + 1}`);
      child.port.send('your turn');
    };
    const child = keep(await startProcess({ module, launcher, args: ['3'], onLine }));
    expect([child.pid, isRunning(child.pid), child.isAlive, lines]).toEqual([expect.any(Number), true, true, []]);
    expect(await child.exited).toMatchObject({ pid: child.pid, exitCode: 0, reason: 'clean' });
    expect(lines).toEqual(['child 1', 'parent 1', 'child 2', 'parent 2', 'child 3', 'parent 3']);
    expect(isRunning(child.pid)).toBe(false);
  });

  it('names a module that is not there', async () => {
    const error = await errorOf(startProcess({ module: join(folder, 'gone.mjs'), launcher: make() }));
    expect(error).toMatchObject({ code: 'host-start', cause: { code: 'ENOENT' } });
    expect(error.message).toMatch(/^The process gone could not be started: ENOENT: .*gone\.mjs/);
  });

  it('names a module that is a folder', async () => {
    const error = await errorOf(startProcess({ module: folder, launcher: make() }));
    expect(error).toMatchObject({ code: 'host-start', message: expect.stringContaining(`${folder} is no file`) });
  });

  it('tells of a module that cannot be loaded in the words of Node', async () => {
    const module = join(folder, 'broken.mjs');
    writeFileSync(module, "import './nowhere.mjs';\n");
    const child = keep(await startProcess({ module, launcher: make(), onLine: () => {} }));
    const error = await errorOf(child.running);
    expect(error).toMatchObject({ code: 'host-start', details: { engine: 'broken' } });
    expect((error.details as { stderrTail: string[] }).stderrTail.join('\n')).toContain('nowhere.mjs');
    expect(await child.exited).toMatchObject({ exitCode: 1, reason: 'failed' });
  });
});

describe('os.fork without room', { timeout: 30_000 }, () => {
  let parent: BundledProgram;
  beforeAll(async () => {
    parent = await bundleModel('no-room');
    // For a parent that gives up its rights.
    for (const { path } of [parent, program]) chmodSync(dirname(path), 0o755);
  });
  afterAll(() => parent.remove());

  it.skipIf(process.platform === 'win32').each([
    ['processes', 'EAGAIN'],
    ['files', 'EMFILE'],
  ])('of %s names the cause, %s, and lives on (POSIX)', async (room, cause) => {
    const { stdout } = await promisify(execFile)(process.execPath, [parent.path, room, program.path]);
    expect(JSON.parse(stdout)).toEqual({
      code: 'host-start',
      message: `The process straw could not be started: spawn ${process.execPath} ${cause}`,
      remedy: expect.stringContaining('no room for another process'),
      cause,
      livesOn: true,
    });
  });

  it.skipIf(process.platform === 'win32')('names a program that may not be executed (POSIX)', async () => {
    const execPath = join(folder, 'node');
    writeFileSync(execPath, '', { mode: 0o644 });
    const error = await errorOf(startProcess({ module: program.path, launcher: createForkLauncher({ execPath }) }));
    expect(error).toMatchObject({ code: 'host-start', cause: { code: 'EACCES', path: execPath } });
    expect(error.remedy).toContain('executable');
  });
});
