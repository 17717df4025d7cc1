import type { CallContext } from '../../protocol/contract/serve.ts';
import { AsideError } from '../../protocol/errors.ts';
import { ControlBlock } from './control-block.ts';

/**
 * The control thread's hold on the engine, wherever that sits: on a thread of its own, where it may block
 * (`engine-thread-client.ts`), or on the control thread, which it must never block (`seat-here.ts`). Nothing here blocks,
 * whatever the engine does.
 */
export interface EngineSeat {
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

/** What each kind of seat does in its own way. */
export interface Seating {
  readonly loaded: Promise<void>;
  /** Runs one call to its end; there is one at a time. */
  run(method: string, params: unknown, control: ControlBlock, context: CallContext<unknown>): Promise<unknown>;
  /** Called once, when the last call has been told to stop. */
  close(): Promise<void>;
}

/** Lets in one call at a time, each with a control block of its own, and none once it is closing. */
export function createSeat(seating: Seating): EngineSeat {
  let running: { readonly method: string; readonly control: ControlBlock } | undefined;
  let closed: Promise<void> | undefined;
  let answered = 0;

  async function call(method: string, params: unknown, context: CallContext<unknown>): Promise<unknown> {
    if (running) throw refused(method, `this host is still answering ${running.method}`);
    if (closed) throw refused(method, 'this host is shutting down');
    const control = new ControlBlock();
    running = { method, control };
    context.signal.addEventListener('abort', () => control.abort(), { once: true });
    context.onCredit((bytes) => control.grant(bytes));
    try {
      return await seating.run(method, params, control, context);
    } finally {
      running = undefined;
      answered += 1;
    }
  }

  return {
    loaded: seating.loaded,
    get answered() {
      return answered;
    },
    call,
    close: () => {
      running?.control.abort();
      closed ??= seating.close();
      return closed;
    },
  };
}

function refused(method: string, reason: string): AsideError {
  return new AsideError('refused', `${method} was refused: ${reason}`, {
    details: { reason },
    remedy: 'Wait until the call before has settled, or use another host.',
  });
}
