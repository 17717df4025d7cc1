import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { checkMessage } from '../../protocol/contract/check-message.ts';
import { AsideError, fromWireError, WireError } from '../../protocol/errors.ts';
import { Document } from '../../protocol/model/document.ts';
import { z } from '../../protocol/schema.ts';
import type { decodeDocumentSync } from './decode-document.ts';
import { isMarkdownName, newDocument } from './new-document.ts';
import { decodeUtf8 } from './utf8-text.ts';

/** What the thread is given (`workerData`) and what it answers with, once. */
export interface ThreadTask {
  readonly name: string;
  readonly bytes: Uint8Array;
}
export const ThreadAnswer = z.union([z.strictObject({ document: Document }), z.strictObject({ error: WireError })]);
export type ThreadAnswer = z.infer<typeof ThreadAnswer>;

/** The bundled program of the thread, beside the bundle that this is part of. */
const THREAD_PATH = fileURLToPath(new URL('./document-thread.js', import.meta.url));

/** Up to these sizes decoding takes a few milliseconds, less than starting a thread. */
const QUICK_TEXT_BYTES = 128 * 1024;
const QUICK_MARKDOWN_BYTES = 2 * 1024;

/** Many times what the most work takes: what comes of a text must not depend on how busy the machine is. */
const DEADLINE_MS = 300_000;

/**
 * Like `decodeDocumentSync`, without blocking: what takes long is decoded on a thread of its own, which copies `bytes`.
 * Measured with 20 MB of text: the caller's event loop stands still for 15 to 30 ms, in place of 60 to 150 ms.
 * Rejects with `file`, and with `internal` when the thread ends without an answer. After `deadlineMs` (five minutes, which
 * only a text can need that was made for it) the text is given with its markup.
 *
 * Run from sources there is no bundle of the thread; then everything is decoded here.
 */
export async function decodeApart(
  name: string,
  bytes: Uint8Array,
  { threadPath = THREAD_PATH, deadlineMs = DEADLINE_MS } = {},
): Promise<Document> {
  const isQuick = bytes.byteLength <= (isMarkdownName(name) ? QUICK_MARKDOWN_BYTES : QUICK_TEXT_BYTES);
  const plain = isQuick && !isMarkdownName(name) ? decodeUtf8(bytes) : null;
  if (plain !== null) return newDocument(name, { text: plain, format: 'text', encoding: 'UTF-8' });
  if (isQuick || !existsSync(threadPath)) return decodeHere(name, bytes);
  const task: ThreadTask = { name, bytes };
  const worker = new Worker(threadPath, { workerData: task });
  const said = await answerOf(worker, deadlineMs);
  if (said === null) return decodeHere(name, bytes, 0);
  const answer = checkMessage(ThreadAnswer, said, 'document-thread');
  if ('error' in answer) throw fromWireError(answer.error);
  return answer.document;
}

/** Loads the parser of Markdown and the tables of encodings, 25 ms of a command's start, only for what needs them. */
async function decodeHere(...document: Parameters<typeof decodeDocumentSync>): Promise<Document> {
  return (await import('./decode-document.ts')).decodeDocumentSync(...document);
}

/** null when there is none in time. */
function answerOf(worker: Worker, deadlineMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (what: string, cause?: unknown): void =>
      reject(new AsideError('internal', `The thread that reads documents ${what}`, { details: {}, cause }));
    const timer = setTimeout(() => {
      resolve(null);
      void worker.terminate();
    }, deadlineMs);
    worker.once('message', resolve);
    worker.once('error', (error) => fail(`failed: ${error.message}`, error));
    worker.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code} and no answer`); // without effect when the answer is there
    });
  });
}
