import { Worker } from 'node:worker_threads';
import { createDeferred, type Deferred } from '../../protocol/contract/deferred.ts';
import type { CallContext } from '../../protocol/contract/serve.ts';
import { AsideError, fromWireError } from '../../protocol/errors.ts';
import { ControlBlock } from './control-block.ts';
import type { EngineThreadData, FromEngineThread, ToEngineThread } from './thread-messages.ts';

interface RunningCall {
  readonly method: string;
  readonly context: CallContext<unknown>;
  readonly answer: Deferred<unknown>;
  readonly control: ControlBlock;
}

/** The control thread's hold on the engine thread. Nothing here blocks, whatever the engine does. */
export interface EngineThread {
  /** Rejects with the engine's own error when it cannot be loaded. */
  readonly loaded: Promise<void>;
  /** Calls answered so far, with a result or an error. */
  readonly answered: number;
  /**
   * Runs one call. Aborting the context's signal asks the engine to stop; the promise settles when it is idle again.
   * Rejects with `refused` while another call runs.
   */
  call(method: string, params: unknown, context: CallContext<unknown>): Promise<unknown>;
  /** Aborts what runs, then closes the engine. Resolves when it is closed; never if it blocks for ever. */
  close(): Promise<void>;
}

/** `onDeath` is called at most once, when the thread ends without having been asked to. */
export function startEngineThread(entry: URL, data: EngineThreadData, onDeath: (why: unknown) => void): EngineThread {
  const worker = new Worker(entry, { workerData: data });
  const loaded = createDeferred<void>();
  const closed = createDeferred<void>();
  let running: RunningCall | undefined;
  let isEnding = false;
  let answered = 0;
  const post = (message: ToEngineThread): void => worker.postMessage(message);

  const finish = (settle: (answer: Deferred<unknown>) => void): void => {
    const call = running;
    running = undefined;
    answered += 1;
    if (call) settle(call.answer);
  };

  worker.on('message', (message: FromEngineThread) => {
    switch (message.kind) {
      case 'loaded':
        return loaded.resolve();
      case 'load-failed':
        isEnding = true;
        return loaded.reject(fromWireError(message.error));
      case 'progress':
        return running?.context.progress(message.item);
      case 'starved':
        return running?.context.starved();
      case 'result':
        return finish((answer) => answer.resolve(message.result));
      case 'error':
        return finish((answer) => answer.reject(fromWireError(message.error)));
      case 'closed':
        isEnding = true;
        return closed.resolve();
    }
  });
  const die = (why: unknown): void => {
    if (isEnding) return;
    isEnding = true;
    onDeath(why);
  };
  worker.on('error', die);
  worker.on('exit', (exitCode) => die(`it ended by itself with exit code ${exitCode}`));

  function call(method: string, params: unknown, context: CallContext<unknown>): Promise<unknown> {
    if (running) return Promise.reject(busy(method, running.method));
    const control = new ControlBlock();
    running = { method, context, control, answer: createDeferred() };
    context.signal.addEventListener('abort', () => control.abort(), { once: true });
    context.onCredit((bytes) => control.grant(bytes));
    post({ kind: 'call', method, params, control: control.shared });
    return running.answer.promise;
  }

  return {
    loaded: loaded.promise,
    get answered() {
      return answered;
    },
    call,
    close: () => {
      running?.control.abort();
      post({ kind: 'close' });
      return closed.promise;
    },
  };
}

function busy(method: string, runningMethod: string): AsideError {
  return new AsideError('refused', `${method} was refused: this host is still answering ${runningMethod}`, {
    details: { reason: `still answering ${runningMethod}` },
    remedy: 'Wait until the call before has settled, or use another host.',
  });
}
