import type { Worker } from 'node:worker_threads';
import { createDeferred, type Deferred } from '../../protocol/contract/deferred.ts';
import type { CallContext } from '../../protocol/contract/serve.ts';
import { AsideError, fromWireError } from '../../protocol/errors.ts';
import { ControlBlock } from './control-block.ts';
import type { FromEngineThread, ToEngineThread } from './thread-messages.ts';

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
   * Rejects with `refused` while another call runs and once it is closing.
   */
  call(method: string, params: unknown, context: CallContext<unknown>): Promise<unknown>;
  /** Aborts what runs, then closes the engine. Resolves when it is closed; never if it blocks for ever. */
  close(): Promise<void>;
}

/** Has `worker` load the engine. `onDeath` is called at most once, when the thread ends without having been asked to. */
export function superviseEngineThread(worker: Worker, engine: string, onDeath: (why: unknown) => void): EngineThread {
  const loaded = createDeferred<void>();
  const closed = createDeferred<void>();
  let running: RunningCall | undefined;
  let isClosing = false;
  let answered = 0;
  const post = (message: ToEngineThread): void => worker.postMessage(message);

  const finish = (settle: (answer: Deferred<unknown>) => void): void => {
    const answer = running?.answer;
    running = undefined;
    answered += 1;
    if (answer) settle(answer);
  };

  worker.on('message', (message: FromEngineThread) => {
    switch (message.kind) {
      case 'loaded':
        return loaded.resolve();
      case 'load-failed':
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
        return closed.resolve();
    }
  });
  worker.once('error', (error) => {
    worker.removeAllListeners('exit');
    onDeath(error);
  });
  worker.once('exit', (exitCode) => {
    if (!isClosing) onDeath(`it ended by itself with exit code ${exitCode}`);
  });
  post({ kind: 'load', engine });

  return {
    loaded: loaded.promise,
    get answered() {
      return answered;
    },
    call: (method, params, context) => {
      if (running) return Promise.reject(refused(method, `this host is still answering ${running.method}`));
      if (isClosing) return Promise.reject(refused(method, 'this host is shutting down'));
      const control = new ControlBlock();
      running = { method, context, control, answer: createDeferred() };
      context.signal.addEventListener('abort', () => control.abort(), { once: true });
      context.onCredit((bytes) => control.grant(bytes));
      post({ kind: 'call', method, params, control: control.shared });
      return running.answer.promise;
    },
    close: () => {
      running?.control.abort();
      if (!isClosing) post({ kind: 'close' });
      isClosing = true;
      return closed.promise;
    },
  };
}

function refused(method: string, reason: string): AsideError {
  return new AsideError('refused', `${method} was refused: ${reason}`, {
    details: { reason },
    remedy: 'Wait until the call before has settled, or use another host.',
  });
}
