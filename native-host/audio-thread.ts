/** The program of an audio host's engine thread, started by `audio-host.cjs`. */
import { audioContract } from '../protocol/contract/audio-contract.ts';
import { createAudioModule } from './audio/audio-module.ts';
import { serveEngineThread } from './runtime/serve-engine-thread.ts';

serveEngineThread(audioContract, async () => createAudioModule());
