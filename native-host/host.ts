/** The program of a native host: `host.js --engine <id>`, started by `main/hosts`. */
import { Worker } from 'node:worker_threads';

// The thread comes first: it starts while this one loads its contract, which takes about as long (some 20 ms of 130).
const engineThread = new Worker(new URL('./engine-thread.js', import.meta.url), { stdout: true });

const { runSpeechHost } = await import('./speech/run-speech-host.ts');
await runSpeechHost(engineThread);
