/** The program of an audio host, started by `main/hosts`. It has one engine, so it is told nothing. */
import { Worker } from 'node:worker_threads';
import { lowerPriority } from './lower-priority.ts';

lowerPriority();
// The thread comes first, as in `host.ts`.
const engineThread = new Worker(new URL('./audio-thread.cjs', import.meta.url), { stdout: true });
void import('./audio/run-audio-host.ts').then(({ runAudioHost }) => runAudioHost(engineThread));
