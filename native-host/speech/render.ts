import type { ParsedParams, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import { AsideError } from '../../protocol/errors.ts';
import type { Boundary } from '../../protocol/model/boundary.ts';
import { type WavHeadParts, wavHead } from '../../protocol/model/wav-head.ts';
import type { Engine, SynthesisSink } from '../engines/engine.ts';
import { beginFile, type FileCalls } from '../files/file-beginning.ts';
import type { EngineCall } from '../runtime/call-module.ts';
import { BoundaryBatch } from './boundary-batch.ts';
import { PcmFileWriter } from './pcm-file-writer.ts';

type Method = 'utterance.render';
type RenderParams = ParsedParams<HostContract, Method>;
type RenderCall = EngineCall<Progress<HostContract, Method>>;

/** At most this often is progress reported. Each report has its audio in the file. */
const REPORT_EVERY_MS = 100;

/** Synthesises into a file. `fileCalls`: for this thread. Throws what the engine throws, `file`, and `refused`. */
export async function render(
  engine: Engine,
  params: RenderParams,
  call: RenderCall,
  fileCalls: FileCalls = 'blocking',
): Promise<Result<HostContract, Method>> {
  const { path, offsetBytes, wantBoundaries, beginning, wavHead: head, ...synthesis } = params;
  if (beginning) await beginFile(beginning, fileCalls);
  const file = PcmFileWriter.open(path, offsetBytes, beginning !== undefined);
  try {
    const sink = new RenderSink(engine.sampleRateHz, file, wantBoundaries, call);
    try {
      await engine.synthesize(synthesis, sink);
    } catch (error) {
      throw sink.failure ?? error; // a full disk stops the engine, which may then complain of having been stopped
    }
    if (sink.failure !== undefined) throw sink.failure;
    await sink.finish(fileCalls);
    if (head && file.acceptedBytes > 0 && !call.control.isAborted) {
      await file.writeHead(headOf(head, offsetBytes, sink.sampleRateHz, file.acceptedBytes), fileCalls);
    }
    return { sampleRateHz: sink.sampleRateHz, audioBytes: file.acceptedBytes, words: sink.words };
  } finally {
    file.close();
  }
}

function headOf(parts: WavHeadParts, offsetBytes: number, sampleRateHz: number, audioBytes: number): Uint8Array {
  const head = wavHead({ ...parts, sampleRateHz, audioBytes });
  if (head?.length === offsetBytes) return head;
  throw new AsideError('internal', `${offsetBytes} bytes were left for a head of ${head?.length ?? 'more than 4 GB'}`, {
    details: {},
  });
}

class RenderSink implements SynthesisSink {
  readonly #file: PcmFileWriter;
  readonly #wantBoundaries: boolean;
  readonly #call: RenderCall;
  readonly #batch: BoundaryBatch;
  #reportedAtMs = performance.now();
  sampleRateHz: number;
  words = 0;
  /** What went wrong with the file. Kept, because native code may be below the call that met it. */
  failure: unknown;

  constructor(sampleRateHz: number, file: PcmFileWriter, wantBoundaries: boolean, call: RenderCall) {
    this.sampleRateHz = sampleRateHz;
    this.#file = file;
    this.#wantBoundaries = wantBoundaries;
    this.#call = call;
    this.#batch = new BoundaryBatch((boundaries) => call.progress({ kind: 'boundaries', boundaries }));
  }

  /** Words are counted in any case. */
  get wantsSentences(): boolean {
    return this.#wantBoundaries;
  }

  audio(samples: Int16Array): boolean {
    if (this.#isStopped()) return false;
    if (samples.length === 0) return true;
    try {
      this.#file.append(samples);
      if (this.#isReportDue()) this.report();
      return true;
    } catch (error) {
      this.failure = error;
      return false;
    }
  }

  async audioLater(samples: Int16Array): Promise<boolean> {
    if (this.#isStopped()) return false;
    if (samples.length === 0) return true;
    try {
      await this.#file.appendLater(samples);
      if (this.#isReportDue()) await this.reportLater();
      return !this.#isStopped();
    } catch (error) {
      this.failure = error;
      return false;
    }
  }

  sampleRate(hz: number): void {
    this.sampleRateHz = hz;
  }

  boundary(boundary: Boundary): void {
    if (boundary.kind === 'word') this.words += 1;
    if (this.#wantBoundaries) this.#batch.add(boundary);
  }

  onStop(listener: () => void): void {
    this.#call.control.onAbort(listener);
  }

  /** Brings everything into the file, then tells how much that is. Throws `file`. */
  report(): void {
    this.#reportedAtMs = performance.now();
    this.#file.flush();
    this.#tell();
  }

  /** The same without blocking. */
  async reportLater(): Promise<void> {
    this.#reportedAtMs = performance.now();
    await this.#file.flushLater();
    this.#tell();
  }

  /** Brings the rest into the file, and says nothing of it that the result will not say. */
  async finish(how: FileCalls): Promise<void> {
    await this.#file.flushBy(how);
    this.#batch.flush();
  }

  #tell(): void {
    this.#batch.flush();
    this.#call.progress({ kind: 'written', audioBytes: this.#file.acceptedBytes });
  }

  #isStopped(): boolean {
    return this.#call.control.isAborted || this.failure !== undefined;
  }

  #isReportDue(): boolean {
    return performance.now() - this.#reportedAtMs >= REPORT_EVERY_MS;
  }
}
