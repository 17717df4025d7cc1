/** What one call takes: an object with one number, or the number alone. */
export type Payload = 'object' | 'number';

/** What became of 100 calls when a worker was killed in their middle. */
export interface KillOutcome {
  readonly succeeded: number;
  readonly failed: number;
  /** Neither, `KILL.waitMs` after the kill. */
  readonly unanswered: number;
  /** What the failed ones were told; null when none failed. */
  readonly error: string | null;
}

/**
 * The middle of 100 calls: two workers, each call blocks a while, and one worker dies when a third is done. `settleMs`: how
 * long what was started comes to rest before the only worker at work is killed, for the call after that.
 */
export const KILL = { calls: 100, workMs: 20, killAfter: 33, waitMs: 5_000, settleMs: 100 } as const;

/** One way to have work done in other processes. Milliseconds throughout, one call at a time unless it says otherwise. */
export interface Contender {
  readonly name: string;
  /** A small call, from call to result; `count` of them, one after the other. */
  roundTrips(count: number): Promise<number[]>;
  /** `count` small calls as the contender's own `map`, or what comes nearest, with its workers running before. */
  map(payload: Payload, hosts: number, count: number): Promise<number>;
  /** How many calls `map` is measured with: those that take long are given fewer. */
  readonly mapCount: number;
  /** Bytes there and back. */
  echoes(byteCount: number, count: number): Promise<number[]>;
  /** From the wish to the first sign of life. */
  start(): Promise<number>;
  kill(): Promise<KillOutcome>;
  /** From the kill of the only worker that is busy to the answer of the next call; null: none in `KILL.waitMs`. */
  nextAfterKill(): Promise<number | null>;
  close(): Promise<void>;
}

/** Calls one after the other, each timed. */
export async function timesOf(count: number, call: (index: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedMs = performance.now();
    await call(index);
    times.push(performance.now() - startedMs);
  }
  return times;
}

export async function elapsedOf(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

export function inputsOf(payload: Payload, count: number): unknown[] {
  return Array.from({ length: count }, (_, value) => (payload === 'object' ? { value } : value));
}

/** Bytes that compress badly and are cheap to make. */
export function bytesOf(byteCount: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(byteCount / 4);
  for (let index = 0; index < words.length; index += 1) words[index] = Math.imul(index, 0x9e3779b1);
  return new Uint8Array(words.buffer);
}

export function checkEcho(echoed: unknown, bytes: Uint8Array): void {
  if (!(echoed instanceof Uint8Array) || echoed.byteLength !== bytes.byteLength)
    throw new Error('an echo of other size');
  if (echoed[bytes.length - 1] !== bytes[bytes.length - 1]) throw new Error('an echo of other bytes');
}
