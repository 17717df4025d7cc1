import { describe, expect, it } from 'vitest';
import { createHostProcess, type HostProcess } from '../../../../../main/hosts/processes/host-process.ts';
import { createFakeLauncher, type FakeHost, settle } from '../../../../helpers/fake-launcher.ts';
import { createManualTimers, type ManualTimers } from '../../../../helpers/manual-timers.ts';

function create(isMortal = true): { child: HostProcess; fake: FakeHost; timers: ManualTimers } {
  const launcher = createFakeLauncher({ isMortal });
  const launched = launcher.launch({ engine: 'toy', entryPath: '/toy.js', args: [] });
  const timers = createManualTimers();
  const child = createHostProcess(launched, { name: 'toy', startedMs: 0, platform: 'win32', timers });
  return { child, fake: launcher.last, timers };
}

describe('a process', () => {
  it('is joined for as long as it was said, and leaves no timer', async () => {
    const { child, fake, timers } = create();
    const short = child.join(100);
    const long = child.join(200);
    timers.advance(100);
    expect(await short).toBeNull();
    await fake.exit({ exitCode: 0 });
    expect(await long).toMatchObject({ exitCode: 0 });
    expect(timers.pending).toBe(0);
  });

  it('is stopped: asked, terminated, killed, and then let be', async () => {
    const { child, fake, timers } = create(false);
    const stopped = child.stop({ shutdownMs: 10, terminateMs: 20, killMs: 30 });
    expect([fake.sent, fake.kills]).toEqual([[{ asideProcess: 'interrupt' }], []]);
    for (const [ms, kills] of [
      [10, ['terminate']],
      [20, ['terminate', 'kill']],
    ] as const) {
      timers.advance(ms);
      await settle();
      expect(fake.kills).toEqual(kills);
    }
    timers.advance(30);
    expect(await stopped).toBeNull();
    expect(child.isAlive).toBe(true);
    await fake.exit();
    expect(await child.exited).toMatchObject({ wasAsked: true, reason: 'unknown' });
  });

  it('keeps its own notices from who listens to it, and nothing else', async () => {
    const { child, fake } = create();
    const messages: unknown[] = [];
    fake.say({ asideProcess: 'running' });
    fake.say('early');
    await child.running;
    child.port.onMessage((message) => messages.push(message));
    fake.say({ asideProcess: 'running' });
    fake.say({ asideProcess: 'walking' });
    fake.say({ asideProcess: 'running', more: 1 });
    fake.say({ asideProcess: 'leaving' });
    await settle();
    expect(fake.sent).toEqual([{ asideProcess: 'heard' }]);
    expect(messages).toEqual(['early', { asideProcess: 'walking' }, { asideProcess: 'running', more: 1 }]);
  });

  it('does not look through a message, which may be an array of megabytes', async () => {
    const { child, fake } = create();
    const untouchable = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('somebody looks through it');
        },
      },
    );
    const message = new Promise((resolve) => child.port.onMessage((got) => resolve(got === untouchable)));
    fake.say(untouchable);
    expect(await message).toBe(true);
  });

  it('closes its port at its end', async () => {
    const { child, fake } = create();
    const closed = new Promise((resolve) => child.port.onClose(resolve));
    await fake.exit({ exitCode: 3 });
    expect(await closed).toMatchObject({ code: 'host-exited', details: { exitCode: 3 } });
  });
});
