import type { Worker } from 'node:worker_threads';
import { audioContract } from '../../protocol/contract/audio-contract.ts';
import { runHost } from '../runtime/run-host.ts';

/** The control thread of an audio host. */
export async function runAudioHost(engineThread: Worker): Promise<void> {
  await runHost({ contract: audioContract, engine: 'audio', engineThread });
}
