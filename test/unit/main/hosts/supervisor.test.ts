import { describe, expect, it } from 'vitest';
import type { HostExitRecord } from '../../../../main/hosts/host-exits.ts';
import {
  createRestartBudget,
  DEFAULT_RESTART_LIMITS,
  type RestartLimits,
} from '../../../../main/hosts/restart-policy.ts';
import { Supervisor } from '../../../../main/hosts/supervisor.ts';
import { type EchoContract, echoContract } from '../../../fixtures/hosts/echo-contract.ts';
import { errorOf } from '../../../helpers/error-of.ts';
import { createFakeLauncher, type FakeLauncher, settle } from '../../../helpers/fake-launcher.ts';
import { createManualTimers, type ManualTimers } from '../../../helpers/manual-timers.ts';

interface Slot {
  readonly slot: Supervisor<EchoContract>;
  readonly launcher: FakeLauncher;
  readonly timers: ManualTimers;
  /** The states it was seen in, without repetitions. */
  readonly states: string[];
  readonly exits: HostExitRecord[];
}

function createSlot(limits: Partial<RestartLimits> = {}): Slot {
  const launcher = createFakeLauncher();
  const timers = createManualTimers();
  const states: string[] = [];
  const exits: HostExitRecord[] = [];
  const slot: Supervisor<EchoContract> = new Supervisor({
    contract: echoContract,
    engine: 'scripted',
    launcher,
    launch: { engine: 'scripted', entryPath: '/host.js', args: [] },
    startTimeoutMs: 10_000,
    cancelGraceMs: 150,
    pulseMs: null,
    endingDelays: { shutdownMs: 2_000, terminateMs: 1_000, killMs: 500 },
    wearLimits: { calls: 20, rssBytes: 1_000 },
    budget: createRestartBudget({ ...DEFAULT_RESTART_LIMITS, ...limits }, timers.now),
    onChange: () => {
      if (states.at(-1) !== slot.state) states.push(slot.state);
    },
    onExit: (exit) => exits.push(exit),
    timers,
    now: timers.now,
  });
  return { slot, launcher, timers, states, exits };
}

function createReadySlot(limits: Partial<RestartLimits> = {}): Slot {
  const created = createSlot(limits);
  created.slot.start();
  created.launcher.last.ready();
  return created;
}

describe('a slot', () => {
  it('is idle until it is started', () => {
    const { slot, launcher } = createSlot();
    expect(launcher.hosts).toEqual([]);
    expect(slot.status()).toEqual({
      pid: null,
      engine: 'scripted',
      state: 'idle',
      request: null,
      requestAgeMs: null,
      calls: 0,
      restarts: 0,
      lastError: null,
      lastExit: null,
      rssBytes: null,
      cpuMs: null,
      cpuShare: null,
    });
  });

  it('has one host at a time', () => {
    const { slot, launcher } = createSlot();
    slot.start();
    slot.start();
    expect(launcher.hosts).toHaveLength(1);
  });

  it('is free when its host is ready and has no call', async () => {
    const { slot, launcher } = createSlot();
    slot.start();
    expect(slot.isFree).toBe(false);
    launcher.last.ready();
    expect(slot.isFree).toBe(true);
    const call = slot.run('echo.wait', {}, {});
    expect([slot.isFree, slot.status().request]).toEqual([false, 'echo.wait']);
    launcher.last.answer({});
    await call.settled;
    expect([slot.isFree, slot.status().calls]).toEqual([true, 1]);
  });

  it('is not free once its host is known to be dead, before that is handled', () => {
    const { slot, launcher } = createReadySlot();
    void launcher.last.exit({ signal: 'SIGKILL' });
    expect([slot.state, slot.isFree]).toEqual(['ready', false]);
  });

  it('drains while a cancelled call is still at work, then is free again', async () => {
    const { slot, launcher, states } = createReadySlot();
    const abort = new AbortController();
    const call = slot.run('echo.wait', {}, { signal: abort.signal });
    abort.abort();
    expect((await errorOf(call.result)).code).toBe('request-cancelled');
    await settle();
    expect([slot.state, slot.isFree]).toEqual(['draining', false]);
    launcher.last.answer({});
    await call.settled;
    expect([slot.isFree, states]).toEqual([true, ['starting', 'ready', 'draining', 'ready']]);
  });

  it('starts another host at once when the first dies, and remembers why', async () => {
    const { slot, launcher, states } = createReadySlot();
    await launcher.last.exit({ signal: 'SIGSEGV' });
    expect(states).toEqual(['starting', 'ready', 'waiting', 'starting']);
    expect(slot.status()).toMatchObject({
      pid: launcher.last.pid,
      restarts: 1,
      lastError: { code: 'host-exited', details: { signal: 'SIGSEGV' } },
    });
    expect(launcher.hosts).toHaveLength(2);
  });

  it('remembers how its last host ended, and how long ago, through the life of the next', async () => {
    const { slot, launcher, timers, exits } = createReadySlot();
    await launcher.last.exit({ signal: 'SIGSEGV' });
    timers.advance(40);
    launcher.last.ready();
    const exit = {
      pid: 1_000,
      exitCode: null,
      signal: 'SIGSEGV',
      reason: 'crashed',
      request: null,
    };
    expect(slot.status().lastExit).toEqual({ ...exit, agoMs: 40 });
    expect(exits).toEqual([{ ...exit, atMs: 0 }]);
  });

  it('waits before the next start when hosts die by themselves again and again', async () => {
    const { slot, launcher, timers } = createReadySlot();
    await launcher.last.exit({ exitCode: 1 });
    launcher.last.ready();
    await launcher.last.exit({ exitCode: 1 });
    expect([slot.state, slot.status().pid]).toEqual(['waiting', null]);
    timers.advance(249);
    expect(slot.state).toBe('waiting');
    timers.advance(1);
    expect([slot.state, launcher.hosts.length]).toEqual(['starting', 3]);
  });

  it('gives up when the budget is spent, and says why until it is started again', async () => {
    const { slot, launcher } = createReadySlot({ maxRestarts: 0 });
    await launcher.last.exit({ exitCode: 1 });
    expect(slot.gaveUpWhy).toMatchObject({ code: 'host-gave-up', details: { engine: 'scripted', restarts: 0 } });
    expect([slot.state, slot.isLive, launcher.hosts.length]).toEqual(['gave-up', false, 1]);
    slot.start();
    expect([slot.gaveUpWhy, slot.state]).toEqual([null, 'starting']);
  });

  it('takes a host that became ready for a start that did not fail', async () => {
    const { slot, launcher } = createSlot({ maxFailedStarts: 2, backOffMs: [0] });
    slot.start();
    await launcher.last.exit({ exitCode: 1 });
    launcher.last.ready();
    await launcher.last.exit({ exitCode: 1 });
    await launcher.last.exit({ exitCode: 1 });
    expect(slot.state).toBe('starting');
    await launcher.last.exit({ exitCode: 1 });
    expect(slot.state).toBe('gave-up');
  });

  it('gives up at once, with its own error, a host in which there is no hope', async () => {
    const { slot, launcher } = createSlot();
    slot.start();
    launcher.last.say({ kind: 'event', name: 'nonsense', payload: {} });
    await settle();
    expect([slot.gaveUpWhy?.code, launcher.hosts.length, slot.status().restarts]).toEqual(['host-protocol', 1, 0]);
  });

  it('replaces a host that it killed without counting a crash', async () => {
    const { slot, launcher, timers } = createReadySlot({ maxRestarts: 0 });
    const call = slot.run('echo.wait', {}, { timeoutMs: 10 });
    timers.advance(10);
    await errorOf(call.result);
    await settle();
    timers.advance(150);
    await settle();
    expect(slot.status()).toMatchObject({ state: 'starting', restarts: 0, lastError: null });
    expect(launcher.hosts).toHaveLength(2);
  });

  it('lets a worn host go for good, by asking it', async () => {
    const { slot, launcher, states } = createReadySlot();
    const gone = slot.recycle();
    expect([slot.state, slot.isFree]).toEqual(['draining', false]);
    expect(launcher.last.sent).toMatchObject([{ method: 'host.shutdown' }]);
    await launcher.last.exit({ exitCode: 0 });
    await gone;
    expect(slot.status()).toMatchObject({ restarts: 0, lastExit: { reason: 'recycled', exitCode: 0 } });
    expect([states, launcher.hosts.length]).toEqual([['starting', 'ready', 'draining', 'stopped'], 1]);
  });

  /** Has a host answer calls, and the questions after its memory. */
  async function answerCalls({ slot, launcher }: Slot, count: number, rssBytes: number): Promise<void> {
    for (let answered = 0; answered < count; answered += 1) {
      const call = slot.run('echo.wait', {}, {});
      launcher.last.answer({});
      await call.settled;
      if (launcher.last.sent.at(-1)?.method === 'host.stats') launcher.last.answer({ rssBytes, cpuMs: 0, calls: 0 });
      await settle();
    }
  }

  it('is worn from its last call on, and free for none after that', async () => {
    const created = createReadySlot();
    const { slot, launcher } = created;
    await answerCalls(created, 19, 999);
    expect([slot.isWorn, slot.isFree]).toEqual([false, true]);
    const last = slot.run('echo.wait', {}, {});
    expect([slot.isWorn, slot.isIdle]).toEqual([true, false]);
    launcher.last.answer({});
    await last.settled;
    expect([slot.isWorn, slot.isIdle, slot.isFree]).toEqual([true, true, false]);
  });

  it('is worn when its host has grown too big, and the next host is not', async () => {
    const created = createReadySlot();
    await answerCalls(created, 1, 1_000);
    expect(created.slot.isWorn).toBe(false);
    created.timers.advance(1_000);
    await answerCalls(created, 1, 1_000);
    expect([created.slot.isWorn, created.slot.isFree]).toEqual([true, true]);
    await created.launcher.last.exit({ exitCode: 1 });
    expect(created.slot.isWorn).toBe(false);
  });

  it('tells its pool as soon as it is known to be worn, and of no other sample', async () => {
    const { slot, launcher, states } = createReadySlot();
    for (const rssBytes of [999, 1_000]) {
      states.length = 0;
      slot.sample();
      launcher.last.answer({ rssBytes, cpuMs: 0, calls: 0 });
      await settle();
      expect([rssBytes, states]).toEqual([rssBytes, rssBytes === 1_000 ? ['ready'] : []]);
    }
  });
});

describe('shutting a slot down', () => {
  it('ends its host and starts no other', async () => {
    const { slot, launcher, states } = createReadySlot();
    const down = slot.shutdown();
    await launcher.last.exit({ exitCode: 0 });
    await down;
    slot.start();
    expect([launcher.hosts.length, states]).toEqual([1, ['starting', 'ready', 'draining', 'stopped']]);
  });

  it('is done at once without a host', async () => {
    const { slot } = createSlot();
    await slot.shutdown();
    expect(slot.state).toBe('stopped');
  });

  it('calls off a start that is waited for', async () => {
    const { slot, launcher, timers } = createSlot({ backOffMs: [100] });
    slot.start();
    await launcher.last.exit({ exitCode: 1 });
    expect(timers.pending).toBe(1);
    await slot.shutdown();
    expect([slot.state, launcher.hosts.length, timers.pending]).toEqual(['stopped', 1, 0]);
  });

  it('ends what has given up', async () => {
    const { slot, launcher } = createReadySlot({ maxRestarts: 0 });
    await launcher.last.exit({ exitCode: 1 });
    await slot.shutdown();
    expect(slot.state).toBe('stopped');
  });

  it('goes on to harder means while its host stays', async () => {
    const { slot, launcher, timers } = createReadySlot();
    const down = slot.shutdown();
    timers.advance(2_000);
    await settle();
    timers.advance(1_000);
    await down;
    expect(launcher.last.kills).toEqual(['terminate', 'kill']);
  });
});

describe('restarting a slot', () => {
  it('asks a free host to go, and starts the next when it is gone, without counting a crash', async () => {
    const { slot, launcher, states } = createReadySlot({ maxRestarts: 0 });
    slot.restart();
    expect(launcher.last.sent).toMatchObject([{ method: 'host.shutdown' }]);
    await launcher.last.exit({ exitCode: 0 });
    expect(slot.status()).toMatchObject({
      pid: 1_001,
      restarts: 0,
      lastError: null,
      lastExit: { reason: 'restarted' },
    });
    expect(states).toEqual(['starting', 'ready', 'draining', 'waiting', 'starting']);
  });

  it('kills a busy host, whose call rejects', async () => {
    const { slot, launcher } = createReadySlot();
    const call = slot.run('echo.wait', {}, {});
    slot.restart();
    expect((await errorOf(call.result)).details).toMatchObject({ onRequest: true });
    await settle();
    expect(launcher.hosts.map(({ kills }) => kills)).toEqual([['kill'], []]);
    expect(slot.status().lastExit).toMatchObject({ reason: 'restarted', request: 'echo.wait' });
  });

  it('ends a slot for good on request, by force when its host is busy', async () => {
    const { slot, launcher } = createReadySlot();
    slot.run('echo.wait', {}, {}).result.catch(() => {});
    await slot.endOnRequest();
    expect([slot.state, launcher.hosts.length, slot.status().lastExit?.reason]).toEqual(['stopped', 1, 'ended']);
  });
});
