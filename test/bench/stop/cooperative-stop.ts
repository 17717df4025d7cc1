import { setTimeout as sleep } from 'node:timers/promises';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import { isAsideError } from '../../../protocol/errors.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { type BenchEngines, busyPid, untilReady } from '../harness/bench-engines.ts';
import { AHEAD_BYTES, grantInSteps } from '../harness/page.ts';

const UNLIMITED_BYTES = Number.MAX_SAFE_INTEGER;

/** What the host is at when it is told to stop. */
export type StopWhile =
  /** Makes audio as fast as it can, in one native call: the listener hears it at once and grants new credit. */
  | 'synthesising'
  /** Waits for credit in the engine's callback, ten seconds ahead: where a real listener's stop nearly always finds it. */
  | 'starved'
  /** Makes audio as fast as it can with credit without limit, which the product never grants: it may be far ahead. */
  | 'unlimited';

export interface Stop {
  /** From the cancel to the host's answer that its engine is idle. */
  readonly ms: number;
  /** It had to be killed, because it did not answer in time. */
  readonly wasKilled: boolean;
}

/** Speaks `text`, cancels `delayMs` after its first audio (or after the last one that credit allows), and waits. */
export async function stopHost(
  { pool, voice }: BenchEngines,
  text: string,
  stopWhile: StopWhile,
  delayMs: number,
): Promise<Stop> {
  await untilReady(pool, 1);
  const awaitedBytes = stopWhile === 'starved' ? AHEAD_BYTES : 1;
  const initialCreditBytes = stopWhile === 'unlimited' ? UNLIMITED_BYTES : AHEAD_BYTES;
  const abort = new AbortController();
  const arrived = createDeferred<void>();
  let bytes = 0;
  const call = pool.start(
    'utterance.speak',
    { text, voiceId: voice.id, prosody: DEFAULT_PROSODY, initialCreditBytes },
    {
      signal: abort.signal,
      onProgress: (item) => {
        if (item.kind !== 'audio') return;
        bytes += item.pcm.byteLength;
        if (bytes >= awaitedBytes) arrived.resolve();
        if (stopWhile === 'synthesising') hear(item.pcm.byteLength);
      },
    },
  );
  const hear = grantInSteps((heardBytes) => call.credit(heardBytes));
  const failed = call.result.then(() => {
    throw new Error('the text was at its end before it was stopped: it is too short');
  });
  await Promise.race([arrived.promise, failed]);
  await Promise.race([sleep(delayMs), failed]);

  const pid = busyPid(pool);
  const cancelledMs = performance.now();
  abort.abort();
  await call.settled;
  const ms = performance.now() - cancelledMs;
  await failed.catch((error: unknown) => {
    if (!isAsideError(error, 'request-cancelled')) throw error;
  });
  return { ms, wasKilled: !pool.status().some((host) => host.pid === pid) };
}
