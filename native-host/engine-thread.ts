/** The program of a host's engine thread, started by `host.js` beside it. */
import { loadEngine } from './engines/load-engine.ts';
import { serveEngineThread } from './runtime/serve-engine-thread.ts';
import { createSpeechModule } from './speech/speech-module.ts';

serveEngineThread(async (engine) => createSpeechModule(await loadEngine(engine)));
