import type { Worker } from 'node:worker_threads';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import { type AsideError, fromWireError } from '../../protocol/errors.ts';
import { ControlBlock } from './control-block.ts';
import type { Reply } from './engine-calls.ts';
import type { LaneDescriptors } from './engine-lane.ts';
import type { Seating } from './engine-seat.ts';
import type { FromEngineThread, ToEngineThread } from './thread-messages.ts';

export interface EngineThreadOptions {
  readonly engine: string;
  readonly lane: LaneDescriptors | null;
  /** What came by the lane is no request at all. Nothing is read after it. */
  onMalformed(error: AsideError): void;
  /** Called at most once, when the thread ends without having been asked to. */
  onDeath(why: unknown): void;
}

/** A seat on a thread of its own, for engines that block: has `worker` load the engine. */
export function superviseEngineThread(worker: Worker, options: EngineThreadOptions): Seating {
  const { engine, lane } = options;
  const loaded = createDeferred<void>();
  const closed = createDeferred<void>();
  const block = new ControlBlock();
  let reply: Reply = () => {};
  let isClosing = false;
  const post = (message: ToEngineThread): void => worker.postMessage(message);

  worker.on('message', (message: FromEngineThread) => {
    switch (message.kind) {
      case 'loaded':
        return loaded.resolve();
      case 'load-failed':
        return loaded.reject(fromWireError(message.error));
      case 'relay':
        return reply(message.envelope);
      case 'malformed':
        return options.onMalformed(fromWireError(message.error));
      case 'closed':
        return closed.resolve();
    }
  });
  worker.once('error', (error) => {
    worker.removeAllListeners('exit');
    options.onDeath(error);
  });
  worker.once('exit', (exitCode) => {
    if (!isClosing) options.onDeath(`it ended by itself with exit code ${exitCode}`);
  });
  post({ kind: 'load', engine, block: block.shared, lane });

  return {
    loaded: loaded.promise,
    block,
    run: (request, replyTo) => {
      reply = replyTo;
      post({ kind: 'relay', request });
    },
    close: () => {
      isClosing = true;
      post({ kind: 'close' });
      return closed.promise;
    },
  };
}
