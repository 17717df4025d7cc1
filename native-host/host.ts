/** The program of a native host: `host.cjs --engine <id>`, started by `main/hosts`. */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { sitsOnControlThread } from './engines/load-on-control-thread.ts';
import { lowerPriority } from './lower-priority.ts';

const { values } = parseArgs({ args: process.argv.slice(2), options: { engine: { type: 'string' } }, strict: false });
const engine = String(values.engine ?? '');

lowerPriority();
// The thread comes first: it starts while this one loads its contract, which takes about as long (some 20 ms of 130).
const engineThread = sitsOnControlThread(engine)
  ? undefined
  : new Worker(new URL('./engine-thread.cjs', import.meta.url), { stdout: true });

void import('./speech/run-speech-host.ts').then(({ runSpeechHost }) => runSpeechHost(engine, engineThread));
