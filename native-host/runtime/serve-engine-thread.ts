import { parentPort, type TransferListItem, workerData } from 'node:worker_threads';
import { cancelled } from '../../protocol/contract/call.ts';
import { AsideError, toWireError } from '../../protocol/errors.ts';
import type { CallModule, EngineCall, HostedContract, LoadCallModule } from './call-module.ts';
import { ControlBlock } from './control-block.ts';
import type { EngineThreadData, FromEngineThread, ToEngineThread } from './thread-messages.ts';

type AnyHandler = (params: unknown, call: EngineCall<unknown>) => unknown;

/** The whole of the engine thread: loads the engine, then runs one call at a time until it is told to close. */
export async function serveEngineThread<C extends HostedContract>(load: LoadCallModule<C>): Promise<void> {
  const port = parentPort;
  if (!port) {
    throw new AsideError('internal', 'the engine thread was not started as a thread', {
      details: {},
      remedy: 'Start host.js, which starts it.',
    });
  }
  const { engine } = workerData as EngineThreadData;
  const post = (message: FromEngineThread, transfer: readonly TransferListItem[] = []): void =>
    port.postMessage(message, transfer);

  let module: CallModule<C>;
  try {
    module = await load(engine);
  } catch (error) {
    post({ kind: 'load-failed', error: toWireError(error) });
    port.close();
    return;
  }
  const handlers = module.handlers as Readonly<Record<string, AnyHandler>>; // checked against the contract in serve

  async function run({ method, params, control: shared }: Extract<ToEngineThread, { kind: 'call' }>): Promise<void> {
    const control = new ControlBlock(shared);
    const call: EngineCall<unknown> = {
      control,
      progress: (item, transfer) => post({ kind: 'progress', item }, transfer),
      starved: () => post({ kind: 'starved' }),
    };
    try {
      if (control.isAborted) throw cancelled(method);
      const result = await handlers[method]?.(params, call);
      if (control.isAborted) throw cancelled(method);
      post({ kind: 'result', result });
    } catch (error) {
      post({ kind: 'error', error: toWireError(control.isAborted ? cancelled(method) : error) });
    }
  }

  let idle = Promise.resolve();
  port.on('message', (message: ToEngineThread) => {
    if (message.kind === 'call') {
      idle = idle.then(() => run(message));
      return;
    }
    idle = idle.then(() => {
      module.close();
      post({ kind: 'closed' });
      port.close();
    });
  });
  post({ kind: 'loaded' });
}
