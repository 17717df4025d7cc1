import type { ParsedParams, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import { BYTES_PER_SAMPLE, MAX_PCM_BYTES } from '../../protocol/model/pcm.ts';
import type { Engine } from '../engines/engine.ts';
import type { EngineCall } from '../runtime/call-module.ts';
import { CreditMeter } from '../runtime/credit-meter.ts';
import { BoundaryBatch } from './boundary-batch.ts';

type Method = 'utterance.speak';

/**
 * Synthesises and sends the audio as progress, never more than the credit granted: a piece for which the credit does not
 * suffice is split, and with none left the engine thread blocks until there is more. Throws what the engine throws.
 */
export async function speak(
  engine: Engine,
  params: ParsedParams<HostContract, Method>,
  call: EngineCall<Progress<HostContract, Method>>,
): Promise<Result<HostContract, Method>> {
  const { initialCreditBytes, ...synthesis } = params;
  const { sampleRateHz } = engine;
  const credit = new CreditMeter(call.control, initialCreditBytes, () => call.starved());
  const batch = new BoundaryBatch((boundaries) => call.progress({ kind: 'boundaries', boundaries }));
  let audioBytes = 0;

  function send(samples: Int16Array): boolean {
    for (let start = 0; start < samples.length; ) {
      const wantedBytes = Math.min((samples.length - start) * BYTES_PER_SAMPLE, MAX_PCM_BYTES);
      const takenBytes = credit.take(wantedBytes, BYTES_PER_SAMPLE);
      if (takenBytes === 0) return false;
      const end = start + takenBytes / BYTES_PER_SAMPLE;
      const copy = samples.slice(start, end);
      call.progress({ kind: 'audio', sampleRateHz, pcm: new Uint8Array(copy.buffer) }, [copy.buffer]);
      audioBytes += takenBytes;
      start = end;
    }
    return !call.control.isAborted;
  }

  await engine.synthesize(synthesis, {
    audio: (samples) => {
      if (call.control.isAborted) return false;
      if (samples.length > 0) batch.flush();
      return send(samples);
    },
    boundary: (boundary) => batch.add(boundary),
  });
  batch.flush();
  return { sampleRateHz, audioBytes };
}
