import type { Worker } from 'node:worker_threads';
import { type HostContract, hostContract } from '../../protocol/contract/host-contract.ts';
import { AsideError } from '../../protocol/errors.ts';
import { loadOnControlThread, sitsOnControlThread } from '../engines/load-on-control-thread.ts';
import type { CallModule } from '../runtime/call-module.ts';
import { runHost } from '../runtime/run-host.ts';
import { createSpeechModule } from './speech-module.ts';

/** The control thread of a speech host. Without an engine thread the engine sits here. */
export async function runSpeechHost(engine: string, engineThread: Worker | undefined): Promise<void> {
  await runHost({ contract: hostContract, engine, engineThread: engineThread ?? loadHere });
}

async function loadHere(engine: string): Promise<CallModule<HostContract>> {
  if (sitsOnControlThread(engine)) return createSpeechModule(await loadOnControlThread(engine), 'control');
  throw new AsideError('internal', `the engine ${engine} needs an engine thread`, { details: {} });
}
