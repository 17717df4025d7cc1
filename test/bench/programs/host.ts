/** The program of Aside's hosts in the benches `pool` and `scale`. */
import { Worker } from 'node:worker_threads';

const engineThread = new Worker(new URL('./engine-thread.cjs', import.meta.url), { stdout: true });
const [{ runHost }, { benchContract }] = await Promise.all([
  import('../../../native-host/runtime/run-host.ts'),
  import('./bench-contract.ts'),
]);
await runHost({ contract: benchContract, engine: 'bench', engineThread });
