import { createLaunchedHost } from '../../main/hosts/launched-host.ts';
import type { HostExit, LaunchedHost, Launcher, LaunchOptions } from '../../main/hosts/launcher.ts';

/** A host without a process: a test says what it sends and when it ends, and sees what was asked of it. */
export interface FakeHost {
  readonly options: LaunchOptions;
  readonly host: LaunchedHost;
  readonly pid: number;
  /** What was sent to it, oldest first. */
  readonly sent: Record<string, unknown>[];
  readonly kills: ('terminate' | 'kill')[];
  readonly isDisconnected: boolean;
  /** Says the greeting of a host of the echo contract. */
  ready(): void;
  say(message: unknown): void;
  /** Answers the latest request that came. */
  answer(result: unknown): void;
  /** Ends; resolves when the news has gone round. */
  exit(exit?: Partial<HostExit>): Promise<void>;
}

export interface FakeLauncher extends Launcher {
  readonly hosts: readonly FakeHost[];
  /** The host launched last. */
  readonly last: FakeHost;
}

export interface FakeLauncherOptions {
  /** Hosts die of a kill, as real ones do. Default: true. */
  readonly isMortal?: boolean;
  readonly cannotSpawn?: Error;
}

export function createFakeLauncher({ isMortal = true, cannotSpawn }: FakeLauncherOptions = {}): FakeLauncher {
  const hosts: FakeHost[] = [];
  return {
    name: 'fork',
    hosts,
    get last() {
      const last = hosts.at(-1);
      if (!last) throw new Error('no host has been launched');
      return last;
    },
    launch: (options) => {
      const fake = createFakeHost(options, 1_000 + hosts.length, isMortal, cannotSpawn);
      hosts.push(fake);
      return fake.host;
    },
  };
}

function createFakeHost(options: LaunchOptions, pid: number, isMortal: boolean, cannotSpawn?: Error): FakeHost {
  const sent: Record<string, unknown>[] = [];
  const kills: ('terminate' | 'kill')[] = [];
  let isDisconnected = false;
  const ends = createLaunchedHost(
    options,
    {
      post: (message) => sent.push(message as Record<string, unknown>),
      disconnect: () => {
        isDisconnected = true;
      },
      kill: (how) => {
        kills.push(how);
        if (isMortal && how === 'kill') void exit({ signal: 'SIGKILL' });
      },
    },
    undefined,
  );
  const exit = async (ended: Partial<HostExit> = {}): Promise<void> => {
    ends.exited({ exitCode: null, signal: null, ...ended }, Promise.resolve());
    await ends.host.exited;
    await settle();
  };
  const say = (message: unknown): void => ends.received(message);
  if (cannotSpawn) ends.notSpawned(cannotSpawn);
  else ends.spawned(pid);
  return {
    options,
    host: ends.host,
    pid,
    sent,
    kills,
    get isDisconnected() {
      return isDisconnected;
    },
    say,
    ready: () => say(readyMessage()),
    answer: (result) => say({ kind: 'result', id: sent.filter(({ kind }) => kind === 'request').at(-1)?.id, result }),
    exit,
  };
}

export function readyMessage(contract = 'echo', version = 1): unknown {
  return { kind: 'event', name: 'host.ready', payload: { contract, version, engine: 'scripted' } };
}

/** Lets everything happen that needs no time: promises, and what follows from them. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
