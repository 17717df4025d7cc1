import { describe, expect, it } from 'vitest';
import type { HostEnd } from '../../../../main/hosts/host-exits.ts';
import { SupervisedHost } from '../../../../main/hosts/supervised-host.ts';
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
      pulseMs: 30_000,
      endingDelays,
      timers,
      now: timers.now,
    },
    {
      onReady: () => told.push('ready'),
      onAbandoned: () => told.push('abandoned'),
      onSettled: () => told.push('settled'),
      onSampled: () => told.push('sampled'),
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
        exit: {
          pid: 1_000,
          exitCode: null,
          signal: 'SIGKILL',
          reason: 'start-failed',
          request: null,
          atMs: 10_000,
        },
      },
    ]);
  });

  it('is killed at once when it is a stranger, and there is no hope in another', async () => {
    const { fake, ends } = supervise();
    fake.say('hello');
    await settle();
    expect(fake.kills).toEqual(['kill']);
    expect(ends).toMatchObject([{ why: { code: 'host-protocol', details: { pid: fake.pid } }, isHopeless: true }]);
    expect(ends[0]?.exit).toMatchObject({ signal: 'SIGKILL', reason: 'protocol' });
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
    expect(ends).toMatchObject([{ why: error, isHopeless: true, isWanted: false, exit: { reason: 'unavailable' } }]);
  });

  it('ends with the reason when it cannot be spawned', async () => {
    const { ends } = supervise({ cannotSpawn: new Error('spawn ENOENT') });
    await settle();
    expect(ends).toMatchObject([{ why: { code: 'host-start' }, readyForMs: null, exit: { reason: 'start-failed' } }]);
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
    expect([host.request, host.requestAgeMs]).toEqual(['echo.wait', 0]);
    expect(() => host.run('echo.wait', {}, {})).toThrow('not free');
  });

  it('counts it when it is answered', async () => {
    const { host, fake, told, call } = superviseBusy();
    fake.answer({});
    await call.settled;
    expect([host.request, host.calls, told]).toEqual([null, 1, ['ready', 'settled']]);
  });

  it('tells how long it has been at it, and nothing once it is free', async () => {
    const { host, fake, call, timers } = superviseBusy();
    timers.advance(70);
    expect(host.requestAgeMs).toBe(70);
    fake.answer({});
    await call.settled;
    expect(host.requestAgeMs).toBeNull();
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
    const exit = {
      pid: fake.pid,
      exitCode: null,
      signal: 'SIGSEGV',
      reason: 'crashed',
      request: 'echo.wait',
      atMs: 30,
    };
    expect(ends[0]?.exit).toEqual(exit);
  });

  it('has proved itself with its first progress', async () => {
    const { fake, ends } = superviseBusy();
    fake.say({ kind: 'progress', id: 0, item: {} });
    await fake.exit({ signal: 'SIGSEGV' });
    expect(ends).toMatchObject([{ isProven: true }]);
  });

  it('is asked whether it is there while its call takes long, and killed when it does not say', async () => {
    const { fake, ends, call, timers } = superviseBusy();
    const asked = (): unknown[] => fake.sent.filter(({ method }) => method === 'host.ping');
    timers.advance(30_000);
    fake.answer({});
    await settle();
    timers.advance(30_000);
    for (let count = 2; count <= 3; count += 1) {
      expect([asked().length, fake.kills]).toEqual([count, []]);
      timers.advance(5_000);
      await settle();
    }
    expect(await errorOf(call.result)).toMatchObject({
      code: 'host-exited',
      message: 'The scripted host (pid 1000) did not answer any more and was killed while it answered echo.wait',
    });
    expect(ends).toMatchObject([{ isWanted: true, exit: { reason: 'silent', signal: 'SIGKILL' } }]);
    expect(timers.pending).toBe(0);
  });

  it('is asked nothing more once its call is over', async () => {
    const { fake, call, timers } = superviseBusy();
    fake.answer({});
    await call.settled;
    timers.advance(30_000);
    expect([fake.sent.map(({ method }) => method), timers.pending]).toEqual([['echo.wait'], 0]);
  });

  it('is no crash when it is killed because it does not hear a cancel', async () => {
    const { fake, ends, told, abort, timers } = superviseBusy();
    abort.abort();
    await settle();
    timers.advance(150);
    await settle();
    expect([fake.kills, told]).toEqual([['kill'], ['ready', 'abandoned', 'end']]);
    expect(ends).toMatchObject([{ isWanted: true, exit: { reason: 'deaf', signal: 'SIGKILL', request: 'echo.wait' } }]);
    expect(timers.pending).toBe(0);
  });

  it('hangs when its call is too late and does not stop', async () => {
    const { host, fake, ends, timers } = supervise();
    fake.ready();
    const call = host.run('echo.wait', {}, { timeoutMs: 1_000 });
    timers.advance(1_000);
    expect((await errorOf(call.result)).code).toBe('request-timeout');
    await settle();
    timers.advance(150);
    await settle();
    expect(ends).toMatchObject([{ isWanted: true, exit: { reason: 'hung', atMs: 1_150 } }]);
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
    expect(ends[0]?.exit).toMatchObject({ exitCode: null, signal: null, reason: 'left-behind' });
    expect(ends[0]?.why.message).toBe(`The scripted host (pid ${fake.pid}) could not be ended and was left behind`);
    await fake.exit({ signal: 'SIGKILL' });
    expect(ends).toHaveLength(1);
  });
});

describe('ending a supervised host', () => {
  it('asks it, and takes its exit for what was wanted', async () => {
    const { host, fake, ends } = supervise();
    fake.ready();
    const ended = host.end('released');
    expect(fake.sent).toMatchObject([{ kind: 'request', method: 'host.shutdown', params: {} }]);
    fake.answer({});
    await fake.exit({ exitCode: 0 });
    await ended;
    expect([ends, fake.kills]).toMatchObject([[{ isWanted: true, exit: { reason: 'released', exitCode: 0 } }], []]);
  });

  it('does not ask one that is not ready', async () => {
    const { host, fake, timers } = supervise();
    const ended = host.end('released');
    expect([fake.sent, fake.kills]).toEqual([[], ['terminate']]);
    await fake.exit({ signal: 'SIGTERM' });
    await ended;
    expect(timers.pending).toBe(0);
  });

  it('rejects what still runs there', async () => {
    const { host, fake } = supervise();
    fake.ready();
    const call = host.run('echo.wait', {}, {});
    const ended = host.end('released');
    await fake.exit({ exitCode: 0 });
    await ended;
    expect((await errorOf(call.result)).code).toBe('host-exited');
  });
});

describe('ending a supervised host now', () => {
  it('rejects its call first, as ended on request, then kills it', async () => {
    const { host, fake, ends } = supervise();
    fake.ready();
    const call = host.run('echo.wait', {}, {});
    const ended = host.endNow('ended');
    const error = await errorOf(call.result);
    expect([error.code, error.message]).toEqual([
      'host-exited',
      `The scripted host (pid ${fake.pid}) was ended on request while it answered echo.wait`,
    ]);
    expect(error.details).toMatchObject({ onRequest: true, request: 'echo.wait' });
    await ended;
    expect([fake.kills, fake.sent.map(({ method }) => method)]).toEqual([['kill'], ['echo.wait']]);
    expect(ends).toMatchObject([
      { isWanted: true, exit: { reason: 'ended', signal: 'SIGKILL', request: 'echo.wait' } },
    ]);
  });

  it('is over when the kill is given up', async () => {
    const { host, timers, ends } = supervise({ isMortal: false });
    const ended = host.endNow('restarted');
    timers.advance(endingDelays.killMs);
    await ended;
    expect([ends[0]?.exit.reason, timers.pending]).toEqual(['left-behind', 0]);
  });
});

describe('what a supervised host takes of the machine', () => {
  it('is asked for also while a call runs, once at a time', async () => {
    const { host, fake, told } = supervise();
    fake.ready();
    host.run('echo.wait', {}, {});
    host.sample();
    host.sample();
    expect(fake.sent.map(({ method }) => method)).toEqual(['echo.wait', 'host.stats']);
    fake.answer({ rssBytes: 5_000, cpuMs: 20, calls: 0 });
    await settle();
    expect([host.load, told]).toEqual([{ rssBytes: 5_000, cpuMs: 20, cpuShare: null }, ['ready', 'sampled']]);
  });

  it('has a share of the CPU from the second answer on', async () => {
    const { host, fake, timers } = supervise();
    fake.ready();
    for (const cpuMs of [20, 520]) {
      host.sample();
      fake.answer({ rssBytes: 5_000, cpuMs, calls: 0 });
      await settle();
      timers.advance(cpuMs === 20 ? 1_000 : 0);
    }
    expect(host.load).toEqual({ rssBytes: 5_000, cpuMs: 520, cpuShare: 0.5 });
  });

  it('is asked for again after a host did not answer in time', async () => {
    const { host, fake, timers, told } = supervise();
    fake.ready();
    host.sample();
    timers.advance(5_000);
    await settle();
    host.sample();
    expect(fake.sent.filter(({ method }) => method === 'host.stats')).toHaveLength(2);
    expect(told).toEqual(['ready']);
  });

  it('is not asked of a host that starts, or is on its way out', () => {
    const { host, fake } = supervise();
    host.sample();
    fake.ready();
    void host.endNow('ended');
    host.sample();
    expect(fake.sent).toEqual([]);
  });
});
