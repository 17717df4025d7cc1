import { type ChildProcess, fork } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { environmentOf } from './host-depth.ts';
import { createLaunchedHost, type HostLog, type LaunchedHostEnds } from './launched-host.ts';
import type { LaunchedHost, Launcher, LaunchOptions } from './launcher.ts';

export interface ForkLauncherOptions {
  /** The program that runs the host: Node, or Electron posing as Node. Default: the one that runs this. */
  readonly execPath?: string;
  readonly log?: HostLog;
  /** How deep hosts may start hosts; default `MAX_HOST_DEPTH`. */
  readonly maxDepth?: number;
}

/**
 * Starts hosts with `child_process.fork`: under plain Node anywhere, inside Electron where its RunAsNode fuse is on.
 * Messages are serialised with V8's structured clone, so `Uint8Array` crosses as such.
 */
export function createForkLauncher(options: ForkLauncherOptions = {}): Launcher {
  return { name: 'fork', launch: (launch) => launchFork(launch, options) };
}

/** How long a host whose channel has closed may take to leave by itself. */
const LEAVE_MS = 1_000;

const isWindows = process.platform === 'win32';

/** Descriptors of the lane in the host: what main writes, what main reads. */
const LANE = [4, 5] as const;

function launchFork(launch: LaunchOptions, options: ForkLauncherOptions): LaunchedHost {
  let child: ChildProcess | undefined;
  // On Windows calls take the channel: that an engine thread can read and write such pipes was seen on POSIX only.
  const hasLane = launch.wantsLane === true && !isWindows;
  const ends = createLaunchedHost(
    launch,
    {
      // With a callback, a broken channel is reported there and not as an `error` event.
      post: (message) => child?.connected && child.send(message as object, () => {}),
      disconnect: () => {
        ends.host.lane?.close();
        if (child?.connected) child.disconnect();
      },
      kill: (how) => child && kill(child, how),
    },
    options.log,
  );
  try {
    child = fork(launch.entryPath, [...launch.args], {
      ...(options.execPath === undefined ? {} : { execPath: options.execPath }),
      execArgv: [], // not the parent's: two processes cannot listen at one --inspect port
      env: {
        ...environmentOf(launch, options.maxDepth),
        ...(process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
        ...(hasLane ? { ASIDE_LANE: LANE.join(',') } : {}),
      },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', ...(hasLane ? (['pipe', 'pipe'] as const) : [])],
      // Its own process group, so that a Ctrl-C meant for us does not end it under our hands.
      detached: !isWindows,
    });
    watch(child, ends);
  } catch (error) {
    ends.notSpawned(error);
  }
  return ends.host;
}

function watch(child: ChildProcess, ends: LaunchedHostEnds): void {
  if (child.pid !== undefined) ends.spawned(child.pid);
  // Later errors (a signal that may not be sent, a message that may not be) tell nothing that `exit` does not.
  child.on('error', (error) => child.pid === undefined && ends.notSpawned(error));
  child.on('message', (message) => ends.received(message));
  // Comes after the last message. Node's `close` would say it all, but never comes after a `disconnect` from this side.
  const channelEnd = new Promise<void>((resolve) => child.once('disconnect', resolve));
  child.on('exit', (exitCode, signal) => ends.exited({ exitCode, signal }, channelEnd));
  child.on('disconnect', () => killUnlessGone(child));
  // All of them are absent when the system had no pipes left.
  const stdio: readonly unknown[] = child.stdio ?? [];
  const [toHost, fromHost] = LANE.map((descriptor) => stdio[descriptor]);
  if (toHost && fromHost) ends.openLane(toHost as Writable, fromHost as Readable);
  if (child.stdout) ends.drain(child.stdout);
  if (child.stderr) ends.drain(child.stderr);
}

/** A host that has closed its channel and lives on can no longer be asked to leave. */
function killUnlessGone(child: ChildProcess): void {
  if (hasEnded(child)) return;
  const timer = setTimeout(() => kill(child, 'kill'), LEAVE_MS);
  child.once('exit', () => clearTimeout(timer));
}

function kill(child: ChildProcess, how: 'terminate' | 'kill'): void {
  if (child.pid === undefined || hasEnded(child)) return;
  if (how === 'kill' && !isWindows) killGroup(child.pid);
  child.kill(how === 'kill' ? 'SIGKILL' : 'SIGTERM');
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** A host leads a process group, in which may be children of its own. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
