import process from 'node:process';
import { loadEngine } from '../../../native-host/engines/load-engine.ts';
import { loadNative } from '../../../native-host/engines/scripted/native.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { sinkOf } from '../../helpers/sink-of.ts';
import { type LoopDelay, watchLoop } from '../harness/event-loop-delay.ts';
import { proseOf } from '../harness/prose.ts';

/** More than any machine synthesises in the given time. */
const ENDLESS_CHARS = 1_000_000;

/** What an app without hosts would do: the same native calls on the thread that has everything else to do. */
export async function blockInProcess(
  voiceId: string,
  durationMs: number,
): Promise<{ sleeping: LoopDelay; synthesising: LoopDelay }> {
  process.env.ASIDE_ESPEAK = 'native';
  const native = await loadNative();
  const engine = await loadEngine('espeak');
  try {
    const sleeping = await watchLoop(() => native.sleep(durationMs));
    const synthesis = { text: proseOf(ENDLESS_CHARS), voiceId, prosody: DEFAULT_PROSODY };
    const endsAtMs = performance.now() + durationMs;
    const sink = sinkOf({ audio: () => performance.now() < endsAtMs, boundary: () => {} });
    const synthesising = await watchLoop(() => engine.synthesize(synthesis, sink));
    return { sleeping, synthesising };
  } finally {
    await engine.close();
  }
}
