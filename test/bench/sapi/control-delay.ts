import { setTimeout as sleep } from 'node:timers/promises';
import { isAsideError } from '../../../protocol/errors.ts';
import { proseOf } from '../harness/prose.ts';
import { type SapiHost, startSapiHost } from './sapi-host.ts';

const EVERY_MS = 2;

export interface ControlDelays {
  /** Milliseconds from a ping to its answer. */
  readonly idle: number[];
  /** While SAPI's worker blocks: in the voice, word by word, or in Write(), because nobody wants more. */
  readonly blocked: number[];
}

/** How late a host answers a ping, idle and while a speak of `durationMs` blocks. */
export async function measureControlDelay(durationMs: number): Promise<ControlDelays> {
  const sapi = await startSapiHost();
  const idle = await pingFor(sapi, durationMs);
  const abort = new AbortController();
  // Credit for a fifth of the time: first it makes audio, then it waits.
  const initialCreditBytes = (22_050 * 2 * durationMs) / 5_000;
  const speaking = sapi.speak(proseOf(20_000), { initialCreditBytes, signal: abort.signal }).catch((error: unknown) => {
    if (!isAsideError(error, 'request-cancelled')) throw error;
  });
  const blocked = await pingFor(sapi, durationMs);
  abort.abort();
  await speaking;
  return { idle, blocked };
}

async function pingFor({ host }: SapiHost, durationMs: number): Promise<number[]> {
  const delays: number[] = [];
  for (const endsAtMs = performance.now() + durationMs; performance.now() < endsAtMs; ) {
    const sentMs = performance.now();
    await host.client.request('host.ping', {});
    delays.push(performance.now() - sentMs);
    await sleep(EVERY_MS);
  }
  return delays;
}
