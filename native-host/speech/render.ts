import type { ParsedParams, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import type { Engine } from '../engines/engine.ts';
import type { EngineCall } from '../runtime/call-module.ts';
import { BoundaryBatch } from './boundary-batch.ts';
import { PcmFileWriter } from './pcm-file-writer.ts';

type Method = 'utterance.render';

/** At most this often is progress reported, which also bounds what a crash of the host takes with it. */
const REPORT_EVERY_MS = 100;

/** Synthesises into a file. Throws what the engine throws, and `file`. */
export async function render(
  engine: Engine,
  params: ParsedParams<HostContract, Method>,
  call: EngineCall<Progress<HostContract, Method>>,
): Promise<Result<HostContract, Method>> {
  const { path, offsetBytes, wantBoundaries, ...synthesis } = params;
  const file = PcmFileWriter.open(path, offsetBytes);
  const batch = new BoundaryBatch((boundaries) => call.progress({ kind: 'boundaries', boundaries }));
  let words = 0;
  let reportedAtMs = performance.now();
  let failure: unknown;

  const report = (): void => {
    reportedAtMs = performance.now();
    file.flush();
    batch.flush();
    call.progress({ kind: 'written', audioBytes: file.acceptedBytes });
  };
  try {
    await engine.synthesize(synthesis, {
      audio: (samples) => {
        if (call.control.isAborted || failure !== undefined) return false;
        if (samples.length === 0) return true;
        try {
          file.append(samples);
          if (performance.now() - reportedAtMs >= REPORT_EVERY_MS) report();
          return true;
        } catch (error) {
          failure = error; // native code is below this call: thrown only once the engine has returned
          return false;
        }
      },
      boundary: (boundary) => {
        if (boundary.kind === 'word') words += 1;
        if (wantBoundaries) batch.add(boundary);
      },
    });
    if (failure !== undefined) throw failure;
    file.flush();
  } finally {
    file.close();
  }
  batch.flush();
  return { sampleRateHz: engine.sampleRateHz, audioBytes: file.acceptedBytes, words };
}
