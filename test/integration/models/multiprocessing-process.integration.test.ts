import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type HostProcess, type Launcher, startProcess } from '../../../main/hosts/hosts.ts';
import type { Order } from '../../fixtures/models/obedient.ts';
import { bundleModel } from '../../helpers/bundle-model.ts';
import type { BundledProgram } from '../../helpers/bundle-program.ts';
import { isRunning } from '../../helpers/is-running.ts';
import { createLineLog } from '../../helpers/line-log.ts';
import { createProcessKeeper, launchers } from '../../helpers/models.ts';

/**
 *     p = Process(target=f, args=('bob',), name='greeter')
 *     p.start(); p.join(timeout); p.is_alive(); p.exitcode; p.terminate(); p.kill()
 */
let program: BundledProgram;
const { keep, killAll } = createProcessKeeper();

beforeAll(async () => {
  program = await bundleModel('obedient');
});
afterEach(killAll);
afterAll(() => program.remove());

const tell = (child: HostProcess, order: Order): void => child.port.send(order);
const answerOf = (child: HostProcess): Promise<unknown> => new Promise((resolve) => child.port.onMessage(resolve));

describe.each(launchers)('multiprocessing.Process with $name', { timeout: 30_000 }, ({ name: kind, make }) => {
  const printed = createLineLog();
  const module = (): string => program.path;
  const launcher: Launcher = make();
  const start = async (name = 'obedient'): Promise<HostProcess> =>
    keep(
      await startProcess({ module: module(), name, launcher, args: ['bob'], onLine: (line) => printed.log(line, 0) }),
    );
  const bySignal = (signal: string, reason: string) =>
    kind === 'fork' ? { exitCode: null, signal, reason } : { signal: null };

  it('has a name, a pid, arguments and messages, and is alive without an exit code', async () => {
    const p = await start('greeter');
    const greeting = { hello: 'world', bytes: new Uint8Array([1, 2]) };
    tell(p, { do: 'echo', value: greeting });
    expect(await answerOf(p)).toEqual({ echo: greeting, args: ['bob'] });
    expect([p.name, p.isAlive, p.exitCode, isRunning(p.pid)]).toEqual(['greeter', true, null, true]);
  });

  it('can be joined, for so long or until its end', async () => {
    const p = await start();
    expect(await p.join(1)).toBeNull();
    expect(p.isAlive).toBe(true);
    tell(p, { do: 'return', code: 3 });
    expect(await p.join()).toMatchObject({ name: 'obedient', exitCode: 3 });
    expect([p.isAlive, p.exitCode]).toEqual([false, 3]);
    expect(await p.join(1)).toMatchObject({ exitCode: 3 });
  });

  it('ends when its function returns, with all that it has printed and sent', async () => {
    const p = await start();
    const bytes = new Uint8Array(3_000_000).fill(5);
    tell(p, { do: 'echo', value: bytes });
    tell(p, { do: 'print', text: 'the last line' });
    tell(p, { do: 'return', code: 0 });
    const answer = answerOf(p);
    expect((await p.exited).lastLines).toEqual(['the last line']);
    expect(((await answer) as { echo: Uint8Array }).echo).toHaveLength(bytes.length);
  });

  it('goes when it is terminated', async () => {
    const p = await start();
    await p.running;
    p.terminate();
    expect(await p.exited).toMatchObject({ wasAsked: true, ...bySignal('SIGTERM', 'killed') });
  });

  it.skipIf(process.platform === 'win32')('may clean up when it is terminated (POSIX)', async () => {
    const p = await start();
    tell(p, { do: 'heed' });
    await answerOf(p);
    p.terminate();
    expect(await p.exited).toMatchObject({ exitCode: 0, reason: 'clean', lastLines: ['cleaned up'] });
  });

  it('cannot refuse to be killed', async () => {
    const p = await start();
    tell(p, { do: 'ignore' });
    await answerOf(p);
    p.interrupt();
    await printed.until('not now');
    expect(p.isAlive).toBe(true);
    p.kill();
    expect(await p.exited).toMatchObject({ wasAsked: true, ...bySignal('SIGKILL', 'killed') });
  });

  it('is stopped step by step, as gently as it lets us', async () => {
    const [gentle, deaf] = await Promise.all([start(), start()]);
    tell(gentle, { do: 'heed' });
    tell(deaf, { do: 'ignore' });
    await Promise.all([answerOf(gentle), answerOf(deaf)]);
    expect(await gentle.stop({ shutdownMs: 60_000 })).toMatchObject({ exitCode: 0, reason: 'clean', wasAsked: true });
    expect(await deaf.stop({ shutdownMs: 1, terminateMs: 1 })).toMatchObject(bySignal('SIGKILL', 'killed'));
  });

  it('takes no harm from being ended twice', async () => {
    const p = await start();
    p.kill();
    await p.exited;
    p.interrupt();
    p.terminate();
    p.kill();
    expect(await p.stop()).toMatchObject({ pid: p.pid });
  });
});
