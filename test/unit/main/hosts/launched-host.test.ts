import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLaunchedHost, DRAIN_MS, type LaunchedHostEnds } from '../../../../main/hosts/launched-host.ts';
import type { AsideError } from '../../../../protocol/errors.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

const never = new Promise<void>(() => {});

interface Launched extends LaunchedHostEnds {
  readonly kills: string[];
  readonly posted: unknown[];
  readonly closed: AsideError[];
  readonly logged: [string, number | undefined][];
  readonly heard: string[];
}

function launch(): Launched {
  const kills: string[] = [];
  const posted: unknown[] = [];
  const closed: AsideError[] = [];
  const logged: [string, number | undefined][] = [];
  const heard: string[] = [];
  const child = {
    post: (message: unknown) => posted.push(message),
    disconnect: () => {},
    kill: (how: string) => kills.push(how),
  };
  const ends = createLaunchedHost({ engine: 'scripted', onLine: (line) => heard.push(line) }, child, (line, pid) =>
    logged.push([line, pid]),
  );
  ends.host.port.onClose((why) => closed.push(why));
  return { ...ends, kills, posted, closed, logged, heard };
}

describe('a launched host', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('has neither pid nor life before it is spawned', () => {
    const { host, spawned } = launch();
    expect([host.pid, host.isRunning]).toEqual([undefined, false]);
    spawned(7);
    expect([host.pid, host.isRunning]).toEqual([7, true]);
  });

  it('is known to be dead before its port closes', async () => {
    const { host, spawned, exited, closed } = launch();
    spawned(7);
    let endChannel = (): void => {};
    exited({ exitCode: 0, signal: null }, new Promise((resolve) => (endChannel = resolve)));
    expect([host.isRunning, closed]).toEqual([false, []]);
    endChannel();
    await host.exited;
    expect(closed.map(({ code }) => code)).toEqual(['host-exited']);
  });

  it('waits for its streams to end, so that the last words are in the error', async () => {
    const { host, spawned, drain, exited, closed } = launch();
    const stderr = new PassThrough();
    spawned(7);
    drain(stderr);
    exited({ exitCode: null, signal: 'SIGABRT' }, Promise.resolve());
    stderr.end('assertion failed');
    await host.exited;
    expect(closed[0]?.details).toMatchObject({ pid: 7, signal: 'SIGABRT', stderrTail: ['assertion failed'] });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits no longer than the time to drain, and lets go of the streams', async () => {
    const { host, spawned, drain, exited } = launch();
    const stderr = new PassThrough();
    spawned(7);
    drain(stderr);
    exited({ exitCode: 1, signal: null }, never);
    vi.advanceTimersByTime(DRAIN_MS);
    expect(await host.exited).toEqual({ exitCode: 1, signal: null });
    expect(stderr.destroyed).toBe(true);
  });

  it('reads what lies ready before it waits no longer: a process that wakes late finds its timer due first', async () => {
    const { host, spawned, drain, received, exited, closed } = launch();
    const heard: unknown[] = [];
    host.port.onMessage((message) => heard.push(message));
    const stderr = new PassThrough();
    spawned(7);
    drain(stderr);
    exited({ exitCode: 1, signal: null }, never);
    stderr.write('no voice left\n');
    setImmediate(() => received('an answer'));
    vi.advanceTimersByTime(DRAIN_MS);
    await host.exited;
    expect([closed[0]?.details, heard]).toMatchObject([{ stderrTail: ['no voice left'] }, ['an answer']]);
  });

  it('is sent nothing from its exit on, though it may still be heard', () => {
    const { host, spawned, received, exited, posted } = launch();
    const heard: unknown[] = [];
    host.port.onMessage((message) => heard.push(message));
    spawned(7);
    host.port.send('before');
    exited({ exitCode: 0, signal: null }, never);
    host.port.send('after');
    received('last words');
    expect([posted, heard]).toEqual([['before'], ['last words']]);
  });

  it('believes the first exit only', async () => {
    const { host, spawned, exited, closed } = launch();
    spawned(7);
    exited({ exitCode: 1, signal: null }, Promise.resolve());
    exited({ exitCode: 2, signal: null }, Promise.resolve());
    expect(await host.exited).toEqual({ exitCode: 1, signal: null });
    expect(closed).toHaveLength(1);
  });

  it('closes with host-start when it could not be spawned, and is over then', async () => {
    const { host, notSpawned, exited, closed } = launch();
    notSpawned(new Error('spawn ENOENT'));
    exited({ exitCode: -2, signal: null }, Promise.resolve());
    notSpawned(new Error('again'));
    expect(await host.exited).toEqual({ exitCode: null, signal: null });
    expect(closed.map(({ code, message }) => [code, message])).toEqual([
      ['host-start', 'The scripted host could not be started: spawn ENOENT'],
    ]);
  });

  it('is signalled while it runs and never after', async () => {
    const { host, spawned, exited, kills } = launch();
    spawned(7);
    host.kill('terminate');
    exited({ exitCode: 0, signal: null }, Promise.resolve());
    host.kill('kill');
    await host.exited;
    host.kill('kill');
    expect(kills).toEqual(['terminate']);
  });

  it('logs what it writes and what is noted about it, with its pid', async () => {
    const { host, spawned, drain, note, logged, heard } = launch();
    const stderr = new PassThrough();
    spawned(7);
    drain(stderr);
    note('FatalError in V8');
    stderr.write('one\ntwo\n');
    await waitFor(() => expect(logged).toHaveLength(3));
    expect(logged).toEqual([
      ['FatalError in V8', 7],
      ['one', 7],
      ['two', 7],
    ]);
    expect([host.stderrTail(), heard]).toEqual(Array(2).fill(['FatalError in V8', 'one', 'two']));
  });

  it('survives a stream that breaks', async () => {
    const { host, spawned, drain, exited } = launch();
    const stderr = new PassThrough();
    spawned(7);
    drain(stderr);
    stderr.destroy(new Error('EPIPE'));
    exited({ exitCode: 0, signal: null }, Promise.resolve());
    expect(await host.exited).toEqual({ exitCode: 0, signal: null });
  });
});
