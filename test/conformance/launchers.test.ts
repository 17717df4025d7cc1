import { afterAll, afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createForkLauncher } from '../../main/hosts/fork-launcher.ts';
import type { LaunchedHost } from '../../main/hosts/launcher.ts';
import { createUtilityProcessLauncher, type UtilityProcessModule } from '../../main/hosts/utility-process-launcher.ts';
import { fixturePath } from '../fixtures/hosts/fixture-path.ts';
import { createLifeline } from '../helpers/lifeline.ts';
import { createUtilityProcessStandIn } from '../helpers/utility-process-stand-in.ts';
import { closeOf, createProbe, launcherConformance, type Probe } from './launcher-conformance.ts';

launcherConformance('fork', (log) => createForkLauncher({ log }), { knowsSignals: true });

describe('utility process', () => {
  const standIn = createUtilityProcessStandIn();

  launcherConformance('utility process', (log) => createUtilityProcessLauncher(standIn, { log }), {
    knowsSignals: false,
  });

  afterAll(() => {
    expect(standIn.appCrashes, 'messages posted to a child that had exited').toBe(0);
  });

  it('takes what Electron hands out', () => {
    expectTypeOf<typeof import('electron').utilityProcess>().toExtend<UtilityProcessModule>();
  });

  it('reports a fork that throws as a host that could not be started', async () => {
    const refusing: UtilityProcessModule = {
      fork: () => {
        throw new Error('utilityProcess cannot be created before app is ready');
      },
    };
    const host = createUtilityProcessLauncher(refusing).launch(probe);
    expect(await closeOf(host)).toMatchObject({
      code: 'host-start',
      message: 'The scripted host could not be started: utilityProcess cannot be created before app is ready',
    });
  });
});

const probe = { engine: 'scripted', entryPath: fixturePath('launcher-probe'), args: [] };

describe('fork launcher alone', () => {
  const launched: LaunchedHost[] = [];
  const launchProbe = async (env: Record<string, string> = {}): Promise<Probe> => {
    const host = createForkLauncher().launch({ ...probe, env });
    launched.push(host);
    const hosted = createProbe(host);
    await hosted.next();
    return hosted;
  };

  afterEach(async () => {
    for (const host of launched) host.kill('kill');
    await Promise.all(launched.splice(0).map((host) => host.exited));
  });

  it.skipIf(process.platform === 'win32')('tells the signal that killed a host (POSIX)', async () => {
    const { host } = await launchProbe();
    const why = closeOf(host);
    process.kill(host.pid as number, 'SIGSEGV');
    expect(await host.exited).toEqual({ exitCode: null, signal: 'SIGSEGV' });
    expect((await why).message).toBe(`The scripted host (pid ${host.pid}) was killed by SIGSEGV`);
  });

  it('reports a program that does not exist as a host that could not be started', async () => {
    const host = createForkLauncher({ execPath: '/nowhere/node' }).launch(probe);
    const why = await closeOf(host);
    expect(why).toMatchObject({
      code: 'host-start',
      message: 'The scripted host could not be started: spawn /nowhere/node ENOENT',
      details: { engine: 'scripted', stderrTail: [] },
      remedy: 'A file of Aside is missing or may not be run. Install Aside again.',
    });
    expect([await host.exited, host.pid, host.isRunning]).toEqual([{ exitCode: null, signal: null }, undefined, false]);
  });

  it('reports a launch that the system refuses at once in the same way', async () => {
    const host = createForkLauncher().launch({ ...probe, args: ['a\0b'] });
    expect((await closeOf(host)).code).toBe('host-start');
    expect(await host.exited).toEqual({ exitCode: null, signal: null });
  });

  it('asks Electron to pose as Node, where it runs in Electron', async () => {
    const { versions } = process;
    Object.defineProperty(process, 'versions', { configurable: true, value: { ...versions, electron: '44.0.0' } });
    try {
      const { host, next } = await launchProbe();
      host.port.send({ do: 'env', name: 'ELECTRON_RUN_AS_NODE' });
      expect(await next()).toMatchObject({ env: '1' });
    } finally {
      Object.defineProperty(process, 'versions', { configurable: true, value: versions });
    }
  });

  it.skipIf(process.platform === 'win32')(
    'leaves hosts out of our own process group, so that Ctrl-C is not theirs (POSIX)',
    async () => {
      const { host } = await launchProbe();
      // Throws unless there is a process group with this number.
      expect(() => process.kill(-(host.pid as number), 0)).not.toThrow();
    },
  );

  it.skipIf(process.platform === 'win32')('kills the children of a host with it (POSIX)', async () => {
    const lifeline = createLifeline();
    try {
      const { host, next } = await launchProbe(lifeline.env);
      host.port.send({ do: 'breed' });
      await next();
      host.kill('kill');
      await lifeline.released;
    } finally {
      lifeline.close();
    }
  });

  it('ends a host that has closed its channel and lives on', async () => {
    const { host } = await launchProbe();
    host.port.send({ do: 'leaveChannel' });
    expect(await host.exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });
});
