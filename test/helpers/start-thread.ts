import { Worker } from 'node:worker_threads';
import { rolldown } from 'rolldown';

const running = new Set<Worker>();

/** Bundles a TypeScript file and runs it as a real thread. End with `endThreads`. */
export async function startThread(path: string, workerData?: unknown): Promise<Worker> {
  const bundle = await rolldown({ input: path, platform: 'node', external: [/^node:/] });
  const { output } = await bundle.generate({ format: 'cjs', codeSplitting: false });
  await bundle.close();
  const worker = new Worker(output[0].code, { eval: true, workerData });
  running.add(worker);
  worker.once('exit', () => running.delete(worker));
  return worker;
}

export async function endThreads(): Promise<void> {
  await Promise.all([...running].map((worker) => worker.terminate()));
}

/** The next message of a thread; rejects when the thread dies first. */
export function nextMessage(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
