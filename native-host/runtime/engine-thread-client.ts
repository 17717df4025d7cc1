import type { Worker } from 'node:worker_threads';
import { createDeferred, type Deferred } from '../../protocol/contract/deferred.ts';
import type { CallContext } from '../../protocol/contract/serve.ts';
import { fromWireError } from '../../protocol/errors.ts';
import { createSeat, type EngineSeat } from './engine-seat.ts';
import type { FromEngineThread, ToEngineThread } from './thread-messages.ts';

interface RunningCall {
  readonly context: CallContext<unknown>;
  readonly answer: Deferred<unknown>;
}

/**
 * A seat on a thread of its own, for engines that block: has `worker` load the engine. `onDeath` is called at most once,
 * when the thread ends without having been asked to.
 */
export function superviseEngineThread(worker: Worker, engine: string, onDeath: (why: unknown) => void): EngineSeat {
  const loaded = createDeferred<void>();
  const closed = createDeferred<void>();
  let running: RunningCall | undefined;
  let isClosing = false;
  const post = (message: ToEngineThread): void => worker.postMessage(message);

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
        return running?.answer.resolve(message.result);
      case 'error':
        return running?.answer.reject(fromWireError(message.error));
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

  return createSeat({
    loaded: loaded.promise,
    run: (method, params, control, context) => {
      running = { context, answer: createDeferred() };
      post({ kind: 'call', method, params, control: control.shared });
      return running.answer.promise;
    },
    close: () => {
      isClosing = true;
      post({ kind: 'close' });
      return closed.promise;
    },
  });
}
