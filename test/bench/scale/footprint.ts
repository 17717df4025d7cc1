import type { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds when nothing is under way. */
export interface Footprint {
  /** Of this process, after garbage collection. */
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** What keeps Node's event loop alive: `process.getActiveResourcesInfo()`. */
  readonly handles: number;
  /** Event listeners of the process and of all its open handles: children, pipes. */
  readonly listeners: number;
  /** Of this process and all its hosts, as the kernel counts them; null but on Linux. */
  readonly kernel: KernelCount | null;
}

export interface KernelCount {
  readonly descriptors: number;
  readonly threads: number;
  readonly children: number;
  /** Of the hosts together. They collect their garbage when they like. */
  readonly hostsRssBytes: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Waits until this process has put away what it is done with. */
export async function takeFootprint(hostPids: readonly number[]): Promise<Footprint> {
  for (let round = 0; round < 5; round += 1) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  const { rss, heapUsed } = process.memoryUsage();
  return {
    rssBytes: rss,
    heapBytes: heapUsed,
    handles: process.getActiveResourcesInfo().length,
    listeners: [process, ...openHandles()].reduce((sum, emitter) => sum + listenersOf(emitter), 0),
    kernel: process.platform === 'linux' ? countInKernel(hostPids) : null,
  };
}

/** Node has no public way to them; there is none with names that would do. */
function openHandles(): EventEmitter[] {
  const { _getActiveHandles } = process as unknown as { _getActiveHandles(): unknown[] };
  return _getActiveHandles().filter(
    (handle): handle is EventEmitter => typeof Object(handle).eventNames === 'function',
  );
}

function listenersOf(emitter: EventEmitter): number {
  return emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
}

function countInKernel(hostPids: readonly number[]): KernelCount {
  const all = [process.pid, ...hostPids];
  const countIn = (folder: string): number =>
    all.reduce((sum, pid) => sum + readdirSync(`/proc/${pid}/${folder}`).length, 0);
  return {
    descriptors: countIn('fd'),
    threads: countIn('task'),
    children: readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).length,
    hostsRssBytes: hostPids.reduce((sum, pid) => sum + residentBytes(pid), 0),
  };
}

function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
