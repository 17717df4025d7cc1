import process from 'node:process';
import { parentPort, type Transferable } from 'node:worker_threads';
import { AsideError, toWireError } from '../../protocol/errors.ts';
import type { CallModule, HostedContract, LoadCallModule } from './call-module.ts';
import { ControlBlock } from './control-block.ts';
import { runCall } from './run-call.ts';
import type { FromEngineThread, ToEngineThread } from './thread-messages.ts';

type CallMessage = Extract<ToEngineThread, { kind: 'call' }>;

/** The whole of the engine thread: loads the engine it is told to, then runs one call at a time until it is to close. */
export function serveEngineThread<C extends HostedContract>(load: LoadCallModule<C>): void {
  const port = parentPort;
  if (!port) throw new AsideError('internal', 'engine-thread.js runs as a thread of host.js only', { details: {} });
  let module: CallModule<C> | undefined;
  let idle: Promise<void> = Promise.resolve();

  const post = (message: FromEngineThread, transfer: readonly Transferable[] = []): void =>
    port.postMessage(message, transfer);

  async function loadModule(engine: string): Promise<void> {
    try {
      module = await load(engine);
      post({ kind: 'loaded' });
    } catch (error) {
      post({ kind: 'load-failed', error: toWireError(error) });
    }
  }

  async function run({ method, params, control }: CallMessage): Promise<void> {
    try {
      if (module === undefined) throw new AsideError('internal', 'no engine is loaded', { details: {} });
      const result = await runCall(module, method, params, {
        control: new ControlBlock(control),
        progress: (item, transfer) => post({ kind: 'progress', item }, transfer),
        starved: () => post({ kind: 'starved' }),
      });
      post({ kind: 'result', result });
    } catch (error) {
      post({ kind: 'error', error: toWireError(error) });
    }
  }

  async function close(): Promise<void> {
    await module?.close();
    post({ kind: 'closed' });
    port?.close();
  }

  const act = (message: ToEngineThread): void | Promise<void> => {
    if (message.kind === 'load') return loadModule(message.engine);
    return message.kind === 'call' ? run(message) : close();
  };
  // A rejection that nobody handles ends the thread, and with it the host, in Electron too (which would only print it).
  process.on('unhandledRejection', (reason) => {
    throw reason;
  });
  port.on('message', (message: ToEngineThread) => {
    idle = idle.then(() => act(message));
  });
}
