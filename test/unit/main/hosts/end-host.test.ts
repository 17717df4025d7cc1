import { describe, expect, it } from 'vitest';
import { endHost } from '../../../../main/hosts/end-host.ts';
import { createFakeLauncher, type FakeHost, settle } from '../../../helpers/fake-launcher.ts';
import { createManualTimers, type ManualTimers } from '../../../helpers/manual-timers.ts';

const delays = { shutdownMs: 100, terminateMs: 10, killMs: 1 };

function launchFake(): FakeHost {
  const launcher = createFakeLauncher({ isMortal: false });
  launcher.launch({ engine: 'scripted', entryPath: '/host.js', args: [] });
  return launcher.last;
}

interface Ending {
  readonly fake: FakeHost;
  readonly timers: ManualTimers;
  readonly asked: () => number;
  readonly isGone: Promise<boolean>;
  pass(ms: number): Promise<void>;
}

function end(canAsk: boolean): Ending {
  const fake = launchFake();
  const timers = createManualTimers();
  let asked = 0;
  const ask = (): void => {
    asked += 1;
  };
  const isGone = endHost(fake.host, canAsk ? ask : null, delays, timers);
  const pass = async (ms: number): Promise<void> => {
    timers.advance(ms);
    await settle();
  };
  return { fake, timers, asked: () => asked, isGone, pass };
}

describe('ending a host', () => {
  it('asks, and does nothing harder when that is heard', async () => {
    const { fake, isGone, asked, timers } = end(true);
    await fake.exit({ exitCode: 0 });
    expect([await isGone, asked(), fake.kills, timers.pending]).toEqual([true, 1, [], 0]);
  });

  it('terminates what does not go when asked, and does nothing harder when that helps', async () => {
    const { fake, isGone, pass, timers } = end(true);
    await pass(99);
    expect(fake.kills).toEqual([]);
    await pass(1);
    expect(fake.kills).toEqual(['terminate']);
    await fake.exit({ signal: 'SIGTERM' });
    expect([await isGone, fake.kills, timers.pending]).toEqual([true, ['terminate'], 0]);
  });

  it('kills what does not hear the signal', async () => {
    const { fake, isGone, pass } = end(true);
    await pass(100);
    await pass(10);
    expect(fake.kills).toEqual(['terminate', 'kill']);
    await fake.exit({ signal: 'SIGKILL' });
    expect(await isGone).toBe(true);
  });

  it('lets be what not even a kill ends, and says so', async () => {
    const { isGone, pass } = end(true);
    await pass(100);
    await pass(10);
    await pass(1);
    expect(await isGone).toBe(false);
  });

  it('terminates at once what cannot be asked', () => {
    const { fake, asked } = end(false);
    expect([fake.kills, asked()]).toEqual([['terminate'], 0]);
  });

  it('is done at once with a host that is gone already', async () => {
    const fake = launchFake();
    await fake.exit({ exitCode: 0 });
    expect(await endHost(fake.host, () => {}, delays, createManualTimers())).toBe(true);
    expect(fake.kills).toEqual([]);
  });
});
