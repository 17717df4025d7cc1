import type { Engine } from '../../native-host/engines/engine.ts';
import type { EngineId } from '../../protocol/model/voice.ts';
import { startNativeHost } from './native-host.ts';

/** More than any test makes. */
const PLENTY_BYTES = 2 ** 40;

/** An engine in a real host process of its own, as if it were here: one utterance at a time. */
export async function startHostedEngine(engine: EngineId, env: Record<string, string>): Promise<Engine> {
  const host = await startNativeHost({ engine, env });
  const { voices, unusable = [] } = await host.client.request('voices.list', {});
  let idle: Promise<unknown> = Promise.resolve();

  const synthesize: Engine['synthesize'] = async (synthesis, sink) => {
    const abort = new AbortController();
    const failures: unknown[] = [];
    const call = host.client.start(
      'utterance.speak',
      { ...synthesis, initialCreditBytes: PLENTY_BYTES },
      {
        signal: abort.signal,
        onProgress: (item) => {
          try {
            if (item.kind === 'boundaries') for (const boundary of item.boundaries) sink.boundary(boundary);
            else {
              sink.sampleRate(item.sampleRateHz);
              const { buffer, byteOffset, byteLength } = item.pcm.slice();
              if (!sink.audio(new Int16Array(buffer, byteOffset, byteLength / 2))) abort.abort();
            }
          } catch (error) {
            failures.push(error);
            abort.abort();
          }
        },
      },
    );
    try {
      await call.result;
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
    await call.settled;
    if (failures.length > 0) throw failures[0];
  };

  return {
    id: engine,
    sampleRateHz: 22_050,
    markups: ['ssml', 'sapi'],
    listVoices: () => voices,
    listUnusable: () => unusable,
    synthesize: (synthesis, sink) => {
      const mine = idle.then(() => synthesize(synthesis, sink));
      idle = mine.catch(() => {});
      return mine;
    },
    close: async () => {
      await host.client.request('host.shutdown', {}).catch(() => {}); // it may be gone already
      await host.exited;
    },
  };
}
