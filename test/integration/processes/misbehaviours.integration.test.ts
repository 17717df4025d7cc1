import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createMisbehaviours, type Misbehaviours } from '../../../main/processes/misbehave.ts';
import { createEngines, type Engines } from '../../../main/speech/engines.ts';
import type { HostStatus } from '../../../protocol/model/host-status.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { isRunning } from '../../helpers/fixture-pool.ts';
import { hostEntry } from '../../helpers/host-entry.ts';

/** What the developer section of the page does, to real hosts. */
let engines: Engines;
let misbehaviours: Misbehaviours;
beforeEach(() => {
  engines = createEngines({
    engines: ['scripted'],
    launcher: createForkLauncher(),
    hostEntryPath: hostEntry(),
    systemLanguage: 'en-US',
  });
  misbehaviours = createMisbehaviours(engines, true);
});
afterEach(() => engines.close());

const { signal } = new AbortController();

function until(condition: (hosts: HostStatus[]) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!condition(engines.status())) return;
      off();
      resolve();
    };
    const off = engines.onChange(check);
    check();
  });
}

const isReplaced = (pid: number | null) => (hosts: HostStatus[]) =>
  hosts.some(({ state, lastExit }) => state === 'ready' && lastExit?.pid === pid);

describe('a real host that is to', { timeout: 60_000 }, () => {
  it('crash is gone by a signal, and another stands in its place', async () => {
    const { pid, error } = await misbehaviours.run('crash', signal);
    expect(error).toMatchObject({ code: 'host-exited', details: { pid, signal: 'SIGKILL' } });
    await until(isReplaced(pid));
    expect(engines.exits()).toMatchObject([{ pid, engine: 'scripted', reason: 'crashed', request: 'utterance.speak' }]);
  });

  it('hang is given up, killed, and replaced', async () => {
    const { pid, error } = await misbehaviours.run('hang', signal);
    expect(error).toMatchObject({ code: 'request-timeout', details: { limit: 'progress' } });
    await until(isReplaced(pid));
    expect(engines.exits()).toMatchObject([{ pid, reason: 'hung', signal: 'SIGKILL' }]);
    expect(isRunning(pid ?? 0)).toBe(false);
  });

  it('leak grows, and is let go as soon as that is seen', async () => {
    const { pid, error } = await misbehaviours.run('leak', signal);
    expect(error).toBeNull();
    // The view asks all the time; here it is asked once, when another is there to take its place.
    await until((hosts) => hosts.filter(({ state }) => state === 'ready').length > 1);
    engines.sample();
    await until(() => engines.exits().length > 0);
    expect(engines.exits()).toMatchObject([{ pid, reason: 'recycled', exitCode: 0 }]);
  });

  it.each(['block', 'spin'] as const)('%s comes back, and is the same process then', async (how) => {
    const { pid, error } = await misbehaviours.run(how, signal);
    expect(error).toBeNull();
    expect(engines.status().find((host) => host.pid === pid)).toMatchObject({ restarts: 0, lastExit: null });
    expect(engines.exits()).toEqual([]);
  });
});

it('a real host that computes says in the middle of it what it takes', { timeout: 60_000 }, async () => {
  const voice = await engines.voices.resolve(null);
  const abort = new AbortController();
  const params = { text: '{{spin 60000}}', voiceId: voice.id, prosody: DEFAULT_PROSODY, initialCreditBytes: 0 };
  const call = engines
    .poolOf(voice)
    .start('utterance.speak', params, { signal: abort.signal, progressTimeoutMs: null });
  call.result.catch(() => {});
  const busy = (): HostStatus | undefined => engines.status().find(({ request }) => request === 'utterance.speak');
  const shareSeen = (): number => {
    engines.sample();
    return busy()?.cpuShare ?? 0;
  };

  await expect.poll(shareSeen, { timeout: 30_000 }).toBeGreaterThan(0);

  expect(busy()).toMatchObject({ state: 'ready', requestAgeMs: expect.any(Number), rssBytes: expect.any(Number) });
  abort.abort();
  await call.settled;
  expect(engines.exits()).toMatchObject([{ reason: 'deaf', signal: 'SIGKILL' }]);
});
