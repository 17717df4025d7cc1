import { describe, expect, it } from 'vitest';
import { type HostEnd, SupervisedHost } from '../../../../main/hosts/supervised-host.ts';
import { type EchoContract, echoContract } from '../../../fixtures/hosts/echo-contract.ts';
import { errorOf } from '../../../helpers/error-of.ts';
import { createFakeLauncher, type FakeHost, type FakeLauncherOptions, settle } from '../../../helpers/fake-launcher.ts';
import { createManualTimers, type ManualTimers } from '../../../helpers/manual-timers.ts';

interface Supervised {
  readonly host: SupervisedHost<EchoContract>;
  readonly fake: FakeHost;
  readonly timers: ManualTimers;
  /** What the slot was told, in order. */
  readonly told: string[];
  readonly ends: HostEnd[];
}

const endingDelays = { shutdownMs: 2_000, terminateMs: 1_000, killMs: 500 };

function supervise(options: FakeLauncherOptions = {}): Supervised {
  const launcher = createFakeLauncher(options);
  const timers = createManualTimers();
  const told: string[] = [];
  const ends: HostEnd[] = [];
  const host = new SupervisedHost(
    {
      contract: echoContract,
      launcher,
      launch: { engine: 'scripted', entryPath: '/host.js', args: [] },
      startTimeoutMs: 10_000,
      cancelGraceMs: 150,
      endingDelays,
      timers,
      now: timers.now,
    },
    {
      onReady: () => told.push('ready'),
      onAbandoned: () => told.push('abandoned'),
      onSettled: () => told.push('settled'),
      onEnd: (end) => {
        told.push('end');
        ends.push(end);
      },
    },
  );
  return { host, fake: launcher.last, timers, told, ends };
}

describe('a supervised host while it starts', () => {
  it('is sent nothing before it is ready', () => {
    const { host, fake } = supervise();
    expect(() => host.run('echo.wait', {}, {})).toThrow('echo.wait was given to a host that is not free');
    expect(fake.sent).toEqual([]);
  });

  it('is ready by its greeting, and its start is no longer timed', () => {
    const { host, fake, told, timers } = supervise();
    expect(host.isAnswering).toBe(false);
    fake.ready();
    expect([told, host.isAnswering, timers.pending]).toEqual([['ready'], true, 0]);
  });

  it('is killed when it is not ready in time, and says how long that was', async () => {
    const { fake, timers, ends } = supervise();
    timers.advance(10_000);
    await settle();
    expect(fake.kills).toEqual(['kill']);
    expect(ends).toMatchObject([
      {
        why: { code: 'host-start', details: { engine: 'scripted', elapsedMs: 10_000 } },
        readyForMs: null,
        isProven: false,
        wasBusy: false,
        isWanted: false,
        isHopeless: false,
      },
    ]);
  });

  it('is killed at once when it is a stranger, and there is no hope in another', async () => {
    const { fake, ends } = supervise();
    fake.say('hello');
    await settle();
    expect(fake.kills).toEqual(['kill']);
    expect(ends).toMatchObject([{ why: { code: 'host-protocol', details: { pid: fake.pid } }, isHopeless: true }]);
  });

  it('is let go when its engine cannot run, and its own error stands', async () => {
    const { fake, ends } = supervise();
    const error = {
      code: 'engine-unavailable',
      message: 'no library',
      remedy: 'Install it.',
      details: { engine: 'x' },
    };
    fake.say({ kind: 'event', name: 'host.failed', payload: { error } });
    expect([fake.isDisconnected, fake.kills]).toEqual([true, []]);
    await fake.exit({ exitCode: 0 });
    expect(ends).toMatchObject([{ why: error, isHopeless: true, isWanted: false }]);
  });

  it('ends with the reason when it cannot be spawned', async () => {
    const { ends } = supervise({ cannotSpawn: new Error('spawn ENOENT') });
    await settle();
    expect(ends).toMatchObject([{ why: { code: 'host-start' }, readyForMs: null }]);
  });
});

describe('a supervised host with a call', () => {
  function superviseBusy(): Supervised & {
    abort: AbortController;
    call: ReturnType<SupervisedHost<EchoContract>['run']>;
  } {
    const supervised = supervise();
    supervised.fake.ready();
    const abort = new AbortController();
    const call = supervised.host.run('echo.wait', {}, { signal: abort.signal });
    call.result.catch(() => {});
    return { ...supervised, abort, call };
  }

  it('takes one at a time', () => {
    const { host } = superviseBusy();
    expect(host.request).toBe('echo.wait');
    expect(() => host.run('echo.wait', {}, {})).toThrow('not free');
  });

  it('counts it when it is answered', async () => {
    const { host, fake, told, call } = superviseBusy();
    fake.answer({});
    await call.settled;
    expect([host.request, host.calls, told]).toEqual([null, 1, ['ready', 'settled']]);
  });

  it('is killed by a wrong result, and not free in the meantime', async () => {
    const { host, fake, told, call } = superviseBusy();
    fake.answer({ unknown: 1 });
    expect((await errorOf(call.result)).code).toBe('contract');
    expect([fake.kills, host.isAnswering, told]).toEqual([['kill'], false, ['ready', 'end']]);
  });

  it('rejects it with the protocol error when garbage comes', async () => {
    const { fake, ends, call } = superviseBusy();
    fake.say({ kind: 'shout' });
    expect((await errorOf(call.result)).code).toBe('host-protocol');
    await settle();
    expect(ends).toMatchObject([{ why: { code: 'host-protocol' }, wasBusy: true, isHopeless: false }]);
  });

  it('rejects it with the exit when it dies, and has the call in its end', async () => {
    const { fake, ends, call, timers } = superviseBusy();
    timers.advance(30);
    await fake.exit({ signal: 'SIGSEGV' });
    expect((await errorOf(call.result)).details).toMatchObject({ signal: 'SIGSEGV', request: 'echo.wait' });
    expect(ends).toMatchObject([{ readyForMs: 30, isProven: false, wasBusy: true, isWanted: false }]);
  });

  it('has proved itself with its first progress', async () => {
    const { fake, ends } = superviseBusy();
    fake.say({ kind: 'progress', id: 0, item: {} });
    await fake.exit({ signal: 'SIGSEGV' });
    expect(ends).toMatchObject([{ isProven: true }]);
  });

  it('is no crash when it is killed because it does not hear a cancel', async () => {
    const { fake, ends, told, abort, timers } = superviseBusy();
    abort.abort();
    await settle();
    timers.advance(150);
    await settle();
    expect([fake.kills, told]).toEqual([['kill'], ['ready', 'abandoned', 'end']]);
    expect(ends).toMatchObject([{ isWanted: true }]);
    expect(timers.pending).toBe(0);
  });

  it('settles a call that it broke the protocol with only when it is gone', async () => {
    const { host, fake } = supervise({ isMortal: false });
    fake.ready();
    const call = host.run('echo.wait', {}, {});
    let isSettled = false;
    void call.settled.then(() => {
      isSettled = true;
    });
    fake.say({ kind: 'shout' });
    expect((await errorOf(call.result)).code).toBe('host-protocol');
    await settle();
    expect(isSettled).toBe(false);
    await fake.exit({ signal: 'SIGKILL' });
    expect(isSettled).toBe(true);
  });

  it('is not free again when it answers while it is being killed', async () => {
    const { fake, told, abort, timers, host } = superviseBusy();
    fake.host.kill = () => {}; // the signal is on its way
    abort.abort();
    await settle();
    timers.advance(150);
    fake.answer({});
    await settle();
    expect([told, host.isAnswering]).toEqual([['ready', 'abandoned'], false]);
  });

  it('settles an abandoned call only when it is gone', async () => {
    const { fake, call, abort } = superviseBusy();
    let isSettled = false;
    void call.settled.then(() => {
      isSettled = true;
    });
    abort.abort();
    await settle();
    expect(isSettled).toBe(false);
    await fake.exit({ exitCode: 0 });
    expect(isSettled).toBe(true);
  });

  it('is left behind when not even a kill ends it, and its slot can go on', async () => {
    const { host, fake, timers, told, ends } = supervise({ isMortal: false });
    fake.ready();
    const call = host.run('echo.wait', {}, { timeoutMs: 60_000 });
    timers.advance(60_000);
    expect((await errorOf(call.result)).code).toBe('request-timeout');
    await settle();
    timers.advance(150);
    timers.advance(endingDelays.killMs);
    await call.settled;
    expect(told).toEqual(['ready', 'abandoned', 'end']);
    expect(ends[0]?.why.message).toBe(`The scripted host (pid ${fake.pid}) could not be ended and was left behind`);
    await fake.exit({ signal: 'SIGKILL' });
    expect(ends).toHaveLength(1);
  });
});

describe('ending a supervised host', () => {
  it('asks it, and takes its exit for what was wanted', async () => {
    const { host, fake, ends } = supervise();
    fake.ready();
    const ended = host.end();
    expect(fake.sent).toMatchObject([{ kind: 'request', method: 'host.shutdown', params: {} }]);
    fake.answer({});
    await fake.exit({ exitCode: 0 });
    await ended;
    expect([ends, fake.kills]).toMatchObject([[{ isWanted: true }], []]);
  });

  it('does not ask one that is not ready', async () => {
    const { host, fake, timers } = supervise();
    const ended = host.end();
    expect([fake.sent, fake.kills]).toEqual([[], ['terminate']]);
    await fake.exit({ signal: 'SIGTERM' });
    await ended;
    expect(timers.pending).toBe(0);
  });

  it('rejects what still runs there', async () => {
    const { host, fake } = supervise();
    fake.ready();
    const call = host.run('echo.wait', {}, {});
    const ended = host.end();
    await fake.exit({ exitCode: 0 });
    await ended;
    expect((await errorOf(call.result)).code).toBe('host-exited');
  });
});
