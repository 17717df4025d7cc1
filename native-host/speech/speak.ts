import type { ParsedParams, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import type { Boundary } from '../../protocol/model/boundary.ts';
import { BYTES_PER_SAMPLE, MAX_PCM_BYTES } from '../../protocol/model/pcm.ts';
import type { Engine, SynthesisSink } from '../engines/engine.ts';
import type { EngineCall } from '../runtime/call-module.ts';
import { CreditMeter } from '../runtime/credit-meter.ts';
import { BoundaryBatch } from './boundary-batch.ts';

type Method = 'utterance.speak';

/**
 * Synthesises and sends the audio as progress, never more than the credit granted: a piece for which the credit does not
 * suffice is split, and with none left the engine waits until there is more. Throws what the engine throws.
 */
export async function speak(
  engine: Engine,
  params: ParsedParams<HostContract, Method>,
  call: EngineCall<Progress<HostContract, Method>>,
): Promise<Result<HostContract, Method>> {
  const { initialCreditBytes, ...synthesis } = params;
  const sink = new SpeakSink(engine.sampleRateHz, initialCreditBytes, call);
  await engine.synthesize(synthesis, sink);
  sink.flush();
  return { sampleRateHz: sink.sampleRateHz, audioBytes: sink.audioBytes };
}

class SpeakSink implements SynthesisSink {
  readonly #call: EngineCall<Progress<HostContract, Method>>;
  readonly #credit: CreditMeter;
  readonly #batch: BoundaryBatch;
  sampleRateHz: number;
  audioBytes = 0;

  constructor(sampleRateHz: number, initialCreditBytes: number, call: EngineCall<Progress<HostContract, Method>>) {
    this.sampleRateHz = sampleRateHz;
    this.#call = call;
    this.#credit = new CreditMeter(call.control, initialCreditBytes, () => call.starved());
    this.#batch = new BoundaryBatch((boundaries) => call.progress({ kind: 'boundaries', boundaries }));
  }

  audio(samples: Int16Array): boolean {
    for (let rest = this.#begin(samples); rest.length > 0; ) {
      const takenBytes = this.#credit.take(wantedBytes(rest), BYTES_PER_SAMPLE);
      if (takenBytes === 0) return false;
      rest = this.#send(rest, takenBytes);
    }
    return !this.#call.control.isAborted;
  }

  async audioLater(samples: Int16Array): Promise<boolean> {
    for (let rest = this.#begin(samples); rest.length > 0; ) {
      const takenBytes = await this.#credit.takeLater(wantedBytes(rest), BYTES_PER_SAMPLE);
      if (takenBytes === 0) return false;
      rest = this.#send(rest, takenBytes);
    }
    return !this.#call.control.isAborted;
  }

  sampleRate(hz: number): void {
    this.sampleRateHz = hz;
  }

  boundary(boundary: Boundary): void {
    this.#batch.add(boundary);
  }

  onStop(listener: () => void): void {
    this.#call.control.onAbort(listener);
  }

  flush(): void {
    this.#batch.flush();
  }

  /** What is to be sent, after the boundaries that are in it; nothing once the call is aborted. */
  #begin(samples: Int16Array): Int16Array {
    if (this.#call.control.isAborted) return samples.subarray(0, 0);
    if (samples.length > 0) this.#batch.flush();
    return samples;
  }

  /** Returns the rest. */
  #send(samples: Int16Array, bytes: number): Int16Array {
    const length = bytes / BYTES_PER_SAMPLE;
    const copy = samples.slice(0, length);
    const pcm = new Uint8Array(copy.buffer);
    this.#call.progress({ kind: 'audio', sampleRateHz: this.sampleRateHz, pcm }, [copy.buffer]);
    this.audioBytes += bytes;
    return samples.subarray(length);
  }
}

function wantedBytes(samples: Int16Array): number {
  return Math.min(samples.byteLength, MAX_PCM_BYTES);
}
