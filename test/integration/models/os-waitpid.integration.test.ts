import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exitsOf, type HostProcess, startProcess } from '../../../main/hosts/hosts.ts';
import type { Order } from '../../fixtures/models/obedient.ts';
import { bundleModel } from '../../helpers/bundle-model.ts';
import type { BundledProgram } from '../../helpers/bundle-program.ts';
import { createProcessKeeper } from '../../helpers/models.ts';

/**
 *     pid, status = os.waitpid(child, 0)
 *     os.WIFEXITED(status), os.WEXITSTATUS(status), os.WIFSIGNALED(status), os.WTERMSIG(status)
 */
let program: BundledProgram;
const { keep, killAll } = createProcessKeeper();

beforeAll(async () => {
  program = await bundleModel('obedient');
});
afterEach(killAll);
afterAll(() => program.remove());

const start = async (): Promise<HostProcess> => keep(await startProcess({ module: program.path, onLine: () => {} }));
const isPosix = process.platform !== 'win32';

const endings: readonly [title: string, order: Order, exit: object][] = [
  ['returns', { do: 'return', code: 0 }, { exitCode: 0, signal: null, reason: 'clean' }],
  ['returns 3', { do: 'return', code: 3 }, { exitCode: 3, signal: null, reason: 'failed' }],
  ['throws', { do: 'throw', message: 'no such luck' }, { exitCode: 70, signal: null, reason: 'failed' }],
];
const signals: readonly [NodeJS.Signals, string][] = [
  ['SIGTERM', 'killed'],
  ['SIGINT', 'killed'],
  ['SIGKILL', 'killed'],
  ['SIGSEGV', 'crashed'],
  ['SIGABRT', 'crashed'],
];

describe('os.waitpid', { timeout: 30_000 }, () => {
  it.each(endings)('tells how a child ended that %s', async (_, order, exit) => {
    const child = await start();
    child.port.send(order);
    expect(await child.exited).toMatchObject({ pid: child.pid, name: 'obedient', wasAsked: false, ...exit });
  });

  it.skipIf(!isPosix).each(signals)('tells that a child was ended by %s: %s (POSIX)', async (signal, reason) => {
    const child = await start();
    child.port.send({ do: 'raise', signal });
    expect(await child.exited).toMatchObject({ exitCode: null, signal, reason, wasAsked: false });
  });

  it('tells the last words', async () => {
    const child = await start();
    child.port.send({ do: 'throw', message: 'no such luck' });
    expect((await child.exited).lastLines.join('\n')).toContain('Error: no such luck');
  });

  it('tells that it was asked to go', async () => {
    const child = await start();
    child.kill();
    expect(await child.exited).toMatchObject({ wasAsked: true });
  });

  it('can look without waiting (WNOHANG)', async () => {
    const child = await start();
    expect(child.exit).toBeNull();
    child.kill();
    const exit = await child.exited;
    expect(child.exit).toBe(exit);
  });

  it('tells of one that had ended before anybody asked, and the same to everybody who asks', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    first.port.send({ do: 'return', code: 5 });
    second.port.send({ do: 'return', code: 6 });
    await Promise.all([first.exited, second.exited]);
    expect(await first.join()).toMatchObject({ exitCode: 5 });
    expect(await first.exited).toBe(await first.join());
    const told: (number | null)[] = [];
    for await (const { exitCode } of exitsOf([first, second])) told.push(exitCode);
    expect(told.sort()).toEqual([5, 6]);
  });

  it('is over at once when there are no children', async () => {
    expect(await exitsOf([]).next()).toEqual({ done: true, value: undefined });
  });

  it('need not be called: who forgets its children is not kept by them, and leaves no zombie', async () => {
    const parent = await bundleModel('fire-and-forget');
    try {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [parent.path, program.path, '4']);
      expect([stdout, stderr]).toEqual(['[]', '']);
    } finally {
      parent.remove();
    }
  });
});
