import process from 'node:process';
import { serveEngineThread } from '../../../native-host/runtime/serve-engine-thread.ts';
import { benchContract } from './bench-contract.ts';

const sleeper = new Int32Array(new SharedArrayBuffer(4));

serveEngineThread(benchContract, async () => ({
  handlers: {
    'bench.increment': ({ value }) => ({ value: value + 1 }),
    'bench.negate': (value) => -value,
    'bench.echo': (bytes) => bytes,
    'bench.work': ({ workMs }) => {
      Atomics.wait(sleeper, 0, 0, workMs);
      return { pid: process.pid };
    },
  },
  close: () => {},
}));
