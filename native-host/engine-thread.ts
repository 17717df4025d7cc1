/** The program of a host's engine thread, started by `host.cjs` beside it. */
import { hostContract } from '../protocol/contract/host-contract.ts';
import { loadEngine } from './engines/load-engine.ts';
import { serveEngineThread } from './runtime/serve-engine-thread.ts';
import { createSpeechModule } from './speech/speech-module.ts';

serveEngineThread(hostContract, async (engine) => createSpeechModule(await loadEngine(engine)));
