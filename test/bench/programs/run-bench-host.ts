import type { Worker } from 'node:worker_threads';
import { runHost } from '../../../native-host/runtime/run-host.ts';
import { benchContract } from './bench-contract.ts';

export async function runBenchHost(engineThread: Worker): Promise<void> {
  await runHost({ contract: benchContract, engine: 'bench', engineThread });
}
