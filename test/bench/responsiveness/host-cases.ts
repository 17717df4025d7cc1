import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from '../../../protocol/contract/call.ts';
import { isAsideError } from '../../../protocol/errors.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import type { BenchEngines } from '../harness/bench-engines.ts';
import { makeTempDir } from '../harness/cleanup.ts';
import { proseOf } from '../harness/prose.ts';

/** Of one synthesis call, which then blocks for seconds: the product itself asks for 2 000 at most. */
const CALL_CHARS = 100_000;
const UNLIMITED_BYTES = Number.MAX_SAFE_INTEGER;

/** A host in one native call that sleeps. */
export async function sleepInHost({ pool, voice }: BenchEngines, windowMs: number): Promise<void> {
  const text = `{{native-sleep ${windowMs}}}`;
  const params = { text, voiceId: voice.id, prosody: DEFAULT_PROSODY, initialCreditBytes: 0 };
  await pool.request('utterance.speak', params, { progressTimeoutMs: 2 * windowMs });
}

/** A host in native synthesis calls, its audio going to a file. */
export async function renderInHost({ pool, voice }: BenchEngines, windowMs: number): Promise<void> {
  const dir = makeTempDir();
  try {
    const path = dir.makeFile('audio.pcm');
    const utterance = { text: proseOf(CALL_CHARS), voiceId: voice.id, prosody: DEFAULT_PROSODY };
    const params = { ...utterance, path, offsetBytes: 0, wantBoundaries: false };
    await again(windowMs, (signal) => pool.start('utterance.render', params, { signal }));
  } finally {
    dir.remove();
  }
}

/** The same, its audio coming to main as fast as it is made. */
export async function speakInHost({ pool, voice }: BenchEngines, windowMs: number): Promise<void> {
  const utterance = { text: proseOf(CALL_CHARS), voiceId: voice.id, prosody: DEFAULT_PROSODY };
  const params = { ...utterance, initialCreditBytes: UNLIMITED_BYTES };
  await again(windowMs, (signal) => pool.start('utterance.speak', params, { signal }));
}

/** Call after call until the window is over, then cancels the one that runs. */
async function again(windowMs: number, start: (signal: AbortSignal) => Call<unknown>): Promise<void> {
  const abort = new AbortController();
  const window = sleep(windowMs).then(() => abort.abort());
  while (!abort.signal.aborted) {
    const call = start(abort.signal);
    await call.result.catch((error: unknown) => {
      if (!isAsideError(error, 'request-cancelled')) throw error;
    });
    await call.settled;
  }
  await window;
}
