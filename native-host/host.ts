/** The program of a native host: `host.js --engine <id>`, started by `main/hosts`. */
import { parseArgs } from 'node:util';
import { hostContract } from '../protocol/contract/host-contract.ts';
import { runHost } from './runtime/run-host.ts';

const { values } = parseArgs({ options: { engine: { type: 'string', default: '' } } });

await runHost({
  contract: hostContract,
  engine: values.engine,
  threadEntry: new URL('./engine-thread.js', import.meta.url),
});
