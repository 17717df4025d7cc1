import process from 'node:process';
import { parentPort, type Transferable } from 'node:worker_threads';
import { cancelled } from '../../protocol/contract/call.ts';
import { AsideError, toWireError } from '../../protocol/errors.ts';
import type { CallModule, EngineCall, HostedContract, LoadCallModule } from './call-module.ts';
import { ControlBlock } from './control-block.ts';
import type { FromEngineThread, ToEngineThread } from './thread-messages.ts';

type CallMessage = Extract<ToEngineThread, { kind: 'call' }>;
type AnyHandler = (params: unknown, call: EngineCall<unknown>) => unknown;

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

  async function run({ method, params, control: shared }: CallMessage): Promise<void> {
    const control = new ControlBlock(shared);
    const call: EngineCall<unknown> = {
      control,
      progress: (item, transfer) => post({ kind: 'progress', item }, transfer),
      starved: () => post({ kind: 'starved' }),
    };
    // The control thread has checked name and parameters against the contract that the handlers are typed by.
    const handlers = module?.handlers as Readonly<Record<string, AnyHandler>> | undefined;
    try {
      if (control.isAborted) throw cancelled(method);
      const result = await handlers?.[method]?.(params, call);
      if (control.isAborted) throw cancelled(method);
      post({ kind: 'result', result });
    } catch (error) {
      post({ kind: 'error', error: toWireError(control.isAborted ? cancelled(method) : error) });
    }
  }

  function close(): void {
    module?.close();
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
