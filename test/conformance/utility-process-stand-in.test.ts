import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { fixturePath } from '../fixtures/hosts/fixture-path.ts';
import { createUtilityProcessStandIn, type StandInChild } from '../helpers/utility-process-stand-in.ts';

/**
 * What is proved against a stand-in that is tamer than Electron's `utilityProcess` is worth nothing. So each habit that
 * Electron's documentation and issues (44009, 44012, 53923, breaking changes of 37) tell of is held fast here.
 */
describe('the stand-in for utilityProcess', { timeout: 15_000 }, () => {
  const children: StandInChild[] = [];

  function fork(program = fixturePath('launcher-probe'), env: NodeJS.ProcessEnv = process.env) {
    const standIn = createUtilityProcessStandIn();
    const child = standIn.fork(program, [], { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe'], serviceName: '' });
    children.push(child);
    return { standIn, child };
  }

  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.pid === undefined) continue;
      const exited = once(child, 'exit');
      process.kill(child.pid, 'SIGKILL');
      await exited;
    }
  });

  it('does nothing on a kill right after the fork, and says so', async () => {
    const { child } = fork();
    expect([child.kill(), child.pid]).toEqual([false, undefined]);
    expect(await once(child, 'message')).toEqual([{ hello: child.pid }]);
  });

  it('knows the pid between spawn and exit only', async () => {
    const { child } = fork();
    await once(child, 'spawn');
    expect(child.pid).toBeGreaterThan(0);
    child.postMessage({ do: 'exit', code: 0 });
    await once(child, 'exit');
    expect([child.pid, child.stdout, child.stderr]).toEqual([undefined, null, null]);
  });

  it('tells of the exit twice, and of no signal', async () => {
    const { child } = fork();
    await once(child, 'message');
    const exits: unknown[][] = [];
    child.on('exit', (...values) => exits.push(values));
    process.kill(child.pid as number, 'SIGKILL');
    await once(child, 'exit');
    expect(exits).toEqual([[9], [9]]);
  });

  it('counts a message to a child that has exited as a crash of the app, also in the exit listener', async () => {
    const { standIn, child } = fork();
    child.once('exit', () => child.postMessage('in the listener'));
    child.postMessage({ do: 'exit', code: 0 });
    await once(child, 'exit');
    child.postMessage('later');
    expect(standIn.appCrashes).toBe(2);
  });

  it('refuses what cannot be cloned', () => {
    const { child } = fork();
    expect(() => child.postMessage({ do: () => {} })).toThrow();
  });

  it('gives its child a port to the parent in place of process.send', async () => {
    const { child } = fork();
    await once(child, 'message');
    child.postMessage({ do: 'channels' });
    expect(await once(child, 'message')).toEqual([
      { send: 'undefined', disconnect: 'undefined', parentPort: 'object' },
    ]);
  });

  it('lets its child live on after a rejection that nobody handled', async () => {
    const { child } = fork();
    await once(child, 'message');
    child.postMessage({ do: 'rejectUnheard' });
    const [line] = (await once(child.stderr as NodeJS.ReadableStream, 'data')) as [Buffer];
    expect(String(line)).toContain('nobody hears this');
    child.postMessage({ do: 'echo', value: 'still here' });
    expect(await once(child, 'message')).toEqual([{ echo: 'still here' }]);
  });
});
