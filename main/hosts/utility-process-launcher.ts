import type { Readable } from 'node:stream';
import { environmentOf } from './host-depth.ts';
import { createLaunchedHost, type HostLog, type LaunchedHostEnds } from './launched-host.ts';
import type { LaunchedHost, Launcher, LaunchOptions } from './launcher.ts';

/** What is used of Electron's `utilityProcess`; it is handed in, because nothing here may import Electron. */
export interface UtilityProcessModule {
  fork(modulePath: string, args: string[], options: UtilityForkOptions): UtilityChild;
}

export interface UtilityForkOptions {
  env: NodeJS.ProcessEnv;
  execArgv: string[];
  stdio: ('ignore' | 'pipe')[];
  serviceName: string;
}

export interface UtilityChild {
  readonly pid: number | undefined;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  postMessage(message: unknown): void;
  on(event: 'spawn', listener: () => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (exitCode: number) => void): unknown;
  on(event: 'error', listener: (type: 'FatalError', location: string, report: string) => void): unknown;
}

/** Starts hosts as utility processes of Electron, which do not need its RunAsNode fuse. Only after the app is ready. */
export function createUtilityProcessLauncher(
  utilityProcess: UtilityProcessModule,
  options: { log?: HostLog } = {},
): Launcher {
  return { name: 'utility-process', launch: (launch) => launchUtility(utilityProcess, launch, options.log) };
}

function launchUtility(utilityProcess: UtilityProcessModule, launch: LaunchOptions, log?: HostLog): LaunchedHost {
  let child: UtilityChild | undefined;
  /** The hardest kill that was asked for before there was a process to be killed. */
  let early: 'terminate' | 'kill' | null = null;
  const ends = createLaunchedHost(
    launch,
    {
      post: (message) => child?.postMessage(message),
      // There is no channel to close: a host whose port we close is told to go. One that has ended is not: its pid may
      // be somebody else's by now.
      disconnect: () => ends.host.kill('terminate'),
      kill: (how) => {
        if (ends.host.pid !== undefined) signal(ends.host.pid, how);
        // Electron's own kill would do nothing yet, and say so by returning false.
        else early = early === 'kill' ? early : how;
      },
    },
    log,
  );
  try {
    child = utilityProcess.fork(launch.entryPath, [...launch.args], {
      env: environmentOf(launch),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe'],
      serviceName: `Aside ${launch.engine} host`,
    });
    child.on('spawn', () => {
      if (child?.pid === undefined) return; // gone already, and `exit` follows
      ends.spawned(child.pid); // kept, because `pid` is undefined again after the exit
      if (early) signal(child.pid, early);
    });
    watch(child, ends);
  } catch (error) {
    ends.notSpawned(error);
  }
  return ends.host;
}

function watch(child: UtilityChild, ends: LaunchedHostEnds): void {
  for (const stream of [child.stdout, child.stderr]) if (stream) ends.drain(stream as Readable);
  child.on('message', (message) => ends.received(message));
  child.on('error', (type, location) => ends.note(`${type} in V8 at ${location}`));
  // Comes twice when the entry file cannot be loaded. From the first on nothing may be posted: that ends the app itself.
  child.on('exit', (exitCode) => {
    if (ends.host.pid === undefined)
      ends.notSpawned(new Error(`it ended with exit code ${exitCode} before it started`));
    ends.exited({ exitCode, signal: null }, Promise.resolve());
  });
}

/** In place of Electron's `kill`, which can only terminate, and has been seen to block. A signal does neither. */
function signal(pid: number, how: 'terminate' | 'kill'): void {
  try {
    process.kill(pid, how === 'kill' ? 'SIGKILL' : 'SIGTERM');
  } catch {
    // It is gone already, and `exit` follows.
  }
}
