// biome-ignore lint/plugin: a thread of main, not a host: its port is where its one answer goes
import { parentPort, workerData } from 'node:worker_threads';
import { toWireError } from '../../protocol/errors.ts';
import type { ThreadAnswer, ThreadTask } from './decode-apart.ts';
import { decodeDocumentSync } from './decode-document.ts';

/** The program of the thread that `decodeApart` starts: decodes one document and ends. */
const { name, bytes } = workerData as ThreadTask;
// biome-ignore lint/plugin: as above
parentPort?.postMessage(answer());

function answer(): ThreadAnswer {
  try {
    return { document: decodeDocumentSync(name, bytes) };
  } catch (error) {
    return { error: toWireError(error) };
  }
}
