/** The program of Aside's hosts in the benches `pool` and `scale`. */
import { Worker } from 'node:worker_threads';

const engineThread = new Worker(new URL('./engine-thread.cjs', import.meta.url), { stdout: true });
void import('./run-bench-host.ts').then(({ runBenchHost }) => runBenchHost(engineThread));
