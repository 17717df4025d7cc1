import { setTimeout as sleep } from 'node:timers/promises';
import type { PeerFunction } from '../programs/peer-functions.ts';
import {
  bytesOf,
  type Contender,
  checkEcho,
  elapsedOf,
  inputsOf,
  KILL,
  type KillOutcome,
  timesOf,
} from './contender.ts';

/** Workers behind a function that returns a promise. */
export interface Workers {
  call(name: PeerFunction, params: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export interface PromisedPeer {
  readonly name: string;
  readonly mapCount: number;
  /** Calls that are under way at the same time in a `map`, for those who keep no queue of their own. */
  readonly window?: number;
  /** Workers that are started no later than by the first calls. */
  open(size: number): Workers;
  /** One worker from nothing to its first sign of life, and then to its end. */
  start(): Promise<number>;
}

/** A contender that makes one promise a call and knows no `map`. */
export function createPromisedContender(peer: PromisedPeer): Contender {
  const one = peer.open(1);
  const many = new Map<number, Workers>([[1, one]]);
  const workersOf = async (size: number): Promise<Workers> => {
    const workers = many.get(size) ?? peer.open(size);
    many.set(size, workers);
    await Promise.all(Array.from({ length: size * 4 }, () => workers.call('work', { workMs: 5 })));
    return workers;
  };
  return {
    name: peer.name,
    mapCount: peer.mapCount,
    roundTrips: (count) => timesOf(count, (value) => one.call('increment', { value })),
    map: async (payload, hosts, count) => {
      const workers = await workersOf(hosts);
      const name = payload === 'object' ? 'increment' : 'negate';
      return elapsedOf(() => mapWith(inputsOf(payload, count), peer.window, (params) => workers.call(name, params)));
    },
    echoes: (byteCount, count) => {
      const bytes = bytesOf(byteCount);
      return timesOf(count, async () => checkEcho(await one.call('echo', bytes), bytes));
    },
    start: peer.start,
    kill: () => killInTheMiddle(peer.open(2)),
    nextAfterKill: () => nextAfterKill(peer.open(1)),
    close: async () => {
      await Promise.all([...many.values()].map((workers) => workers.close()));
    },
  };
}

async function mapWith(
  inputs: readonly unknown[],
  window: number = inputs.length,
  call: (params: unknown) => Promise<unknown>,
): Promise<unknown[]> {
  const results: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < inputs.length; index = next++) results[index] = await call(inputs[index]);
  };
  await Promise.all(Array.from({ length: window }, lane));
  return results;
}

export async function killInTheMiddle(workers: Workers): Promise<KillOutcome> {
  let [succeeded, failed, error] = [0, 0, null as string | null];
  const calls = Array.from({ length: KILL.calls }, async () => {
    try {
      const { pid } = (await workers.call('work', { workMs: KILL.workMs })) as { pid: number };
      succeeded += 1;
      if (succeeded === KILL.killAfter) process.kill(pid, 'SIGKILL');
    } catch (thrown) {
      failed += 1;
      error = String(thrown);
    }
  });
  await Promise.race([Promise.all(calls), sleep(KILL.waitMs + KILL.calls * KILL.workMs, undefined, { ref: false })]);
  const outcome = { succeeded, failed, unanswered: KILL.calls - succeeded - failed, error };
  await closeWithin(workers);
  return outcome;
}

async function nextAfterKill(workers: Workers): Promise<number | null> {
  const { pid } = (await workers.call('work', { workMs: 0 })) as { pid: number };
  workers.call('work', { workMs: 1_000 }).catch(() => {}); // what becomes of it is told by the other case
  await sleep(KILL.settleMs);
  process.kill(pid, 'SIGKILL');
  const startedMs = performance.now();
  const next = workers.call('work', { workMs: 0 }).then(
    () => performance.now() - startedMs,
    () => null,
  );
  const elapsedMs = await Promise.race([next, sleep(KILL.waitMs, null, { ref: false })]);
  await closeWithin(workers);
  return elapsedMs;
}

/** A pool that has lost a worker may not come to an end. */
async function closeWithin(workers: Workers): Promise<void> {
  await Promise.race([workers.close().catch(() => {}), sleep(2_000, undefined, { ref: false })]);
}
