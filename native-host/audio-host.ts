/** The program of an audio host, started by `main/hosts`. It has one engine, so it is told nothing. */
import { Worker } from 'node:worker_threads';
import { audioContract } from '../protocol/contract/audio-contract.ts';
import { lowerPriority } from './lower-priority.ts';
import { runHost } from './runtime/run-host.ts';

lowerPriority();
const engineThread = new Worker(new URL('./audio-thread.cjs', import.meta.url), { stdout: true });
await runHost({ contract: audioContract, engine: 'audio', engineThread });
