import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { hostContract } from '../../protocol/contract/host-contract.ts';
import { runHost } from '../runtime/run-host.ts';

/** The control thread of a speech host; the command line names the engine. */
export async function runSpeechHost(engineThread: Worker): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: { engine: { type: 'string', default: '' } },
    strict: false,
  });
  await runHost({ contract: hostContract, engine: String(values.engine), engineThread });
}
