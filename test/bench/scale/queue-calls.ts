import { getEventListeners } from 'node:events';
import type { BenchPool } from '../harness/bench-pool.ts';

export interface Queued {
  /** Microseconds for each call, from the first start to the last answer. */
  readonly usPerCall: number;
  /** Listeners at the signal that all calls were given: while they waited, and when all were answered. */
  readonly listenersDuring: number;
  readonly listenersAfter: number;
}

/** Starts so many calls at once, which are more than hosts, and waits for all. Throws when an answer is wrong. */
export async function queueCalls(pool: BenchPool, count: number): Promise<Queued> {
  const { signal } = new AbortController();
  const startedMs = performance.now();
  const calls = Array.from({ length: count }, (_, value) => pool.request('bench.increment', { value }, { signal }));
  const listenersDuring = getEventListeners(signal, 'abort').length;
  let wrong = 0;
  for (let index = 0; index < count; index += 1) if ((await calls[index])?.value !== index + 1) wrong += 1;
  const elapsedMs = performance.now() - startedMs;
  if (wrong > 0) throw new Error(`${wrong} of ${count} calls had wrong answers`);
  return {
    usPerCall: (elapsedMs * 1_000) / count,
    listenersDuring,
    listenersAfter: getEventListeners(signal, 'abort').length,
  };
}

/** Starts so many, and cancels all of them by their signal before a host has taken one. Microseconds for each call. */
export async function cancelCalls(pool: BenchPool, count: number): Promise<number> {
  const abort = new AbortController();
  const startedMs = performance.now();
  const calls = Array.from({ length: count }, (_, value) =>
    pool.request('bench.increment', { value }, { signal: abort.signal }),
  );
  abort.abort();
  const outcomes = await Promise.allSettled(calls);
  const elapsedMs = performance.now() - startedMs;
  const answered = outcomes.filter(({ status }) => status === 'fulfilled').length;
  if (answered > 0) throw new Error(`${answered} of ${count} calls were answered though they had been cancelled`);
  return (elapsedMs * 1_000) / count;
}

/** The same number as inputs of one `map`. */
export async function mapCalls(pool: BenchPool, count: number): Promise<number> {
  const inputs = Array.from({ length: count }, (_, value) => ({ value }));
  const startedMs = performance.now();
  await pool.map('bench.increment', inputs);
  return ((performance.now() - startedMs) * 1_000) / count;
}
