import type { Readable, Writable } from 'node:stream';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import { isAsideError } from '../../protocol/errors.ts';
import { callApart } from './call-apart.ts';
import { type ChildWire, createChildPort } from './child-port.ts';
import { hostExited, hostNotSpawned } from './host-errors.ts';
import { createLane, type HostLane } from './lane.ts';
import type { HostExit, LaunchedHost, LaunchOptions } from './launcher.ts';
import { createLineReader, createLineTail } from './line-tail.ts';

/** A line that a host wrote to stdout or stderr. */
export type HostLog = (line: string, pid: number | undefined) => void;

/** How long the streams of a dead host may stay open. A grandchild that inherited them can hold them for ever. */
export const DRAIN_MS = 300;

/** What a launcher tells of its child, in the order in which it happens. */
export interface LaunchedHostEnds {
  readonly host: LaunchedHost;
  /** Opens the lane on two pipes to the child. It closes with the channel. */
  openLane(toHost: Writable, fromHost: Readable): void;
  /** Reads a stream of the child, to its end, into the tail. */
  drain(stream: Readable): void;
  /** Adds a line of our own to the tail. */
  note(line: string): void;
  spawned(pid: number): void;
  received(message: unknown): void;
  /**
   * The process has ended. What it wrote and sent before may still arrive, until all its streams are at their end and
   * `channelEnd` has resolved, or for `DRAIN_MS`.
   */
  exited(exit: HostExit, channelEnd: Promise<void>): void;
  /** There is and will be no process. An AsideError is passed on as it is. */
  notSpawned(cause: unknown): void;
}

/** The part of a `LaunchedHost` that is the same for every launcher. */
export function createLaunchedHost(
  { engine, onLine }: Pick<LaunchOptions, 'engine' | 'onLine'>,
  child: ChildWire & { kill(how: 'terminate' | 'kill'): void },
  log: HostLog | undefined,
): LaunchedHostEnds {
  const startedMs = performance.now();
  const tail = createLineTail();
  const spawned = createDeferred<boolean>();
  const exited = createDeferred<HostExit>();
  const { port, receive, stopSending } = createChildPort(child);
  const streams: Readable[] = [];
  let lane: HostLane | null = null;
  let pid: number | undefined;
  let exit: HostExit | undefined;
  let isOver = false;
  let drainTimer: NodeJS.Timeout | undefined;

  const note = (line: string): void => {
    tail.push(line);
    if (log) callApart(() => log(line, pid));
    if (onLine) callApart(() => onLine(line));
  };
  /** A process that was held up finds the timer due before it has read what lies ready: so it reads first. */
  const finishWhenRead = (): void => void setImmediate(() => setImmediate(finish));
  const finish = (): void => {
    if (isOver || !exit) return;
    isOver = true;
    clearTimeout(drainTimer);
    for (const stream of streams) stream.destroy();
    port.close(hostExited(engine, pid ?? null, exit, tail.lines()));
    exited.resolve(exit);
  };

  return {
    host: {
      get pid() {
        return pid;
      },
      get isRunning() {
        return pid !== undefined && !exit;
      },
      port,
      spawned: spawned.promise,
      get lane() {
        return lane?.port ?? null;
      },
      exited: exited.promise,
      stderrTail: () => tail.lines(),
      kill: (how) => void (!exit && !isOver && child.kill(how)),
    },
    openLane: (toHost, fromHost) => {
      lane = createLane(toHost, fromHost);
      streams.push(lane.incoming);
    },
    drain: (stream) => void streams.push(readLines(stream, note)),
    note,
    spawned: (spawnedPid) => {
      pid = spawnedPid;
      spawned.resolve(true);
    },
    received: receive,
    exited: (ended, channelEnd) => {
      if (exit || isOver) return;
      exit = ended;
      stopSending();
      drainTimer = setTimeout(finishWhenRead, DRAIN_MS);
      void Promise.all([channelEnd, ...streams.map(endOf)]).then(finish);
    },
    notSpawned: (cause) => {
      if (exit || isOver) return;
      isOver = true;
      port.close(isAsideError(cause) ? cause : hostNotSpawned(engine, cause, performance.now() - startedMs));
      spawned.resolve(false);
      exited.resolve({ exitCode: null, signal: null });
    },
  };
}

function readLines(stream: Readable, onLine: (line: string) => void): Readable {
  const reader = createLineReader(onLine);
  stream.on('data', (chunk: Uint8Array) => reader.write(chunk));
  stream.on('end', () => reader.end());
  stream.on('error', () => reader.end()); // A pipe that breaks says no more than the exit that broke it.
  return stream;
}

function endOf(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.readableEnded || stream.destroyed) resolve();
    else stream.once('end', resolve).once('close', resolve);
  });
}
