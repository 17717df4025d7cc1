import type { EngineEnvelope, ServerEnvelope } from '../../protocol/contract/envelope.ts';
import { AsideError, toWireError } from '../../protocol/errors.ts';
import type { ControlBlock } from './control-block.ts';
import type { Reply } from './engine-calls.ts';

/**
 * The control thread's hold on the engine, wherever that sits: on a thread of its own, where it may block
 * (`engine-thread-client.ts`), or on the control thread, which it must never block (`seat-here.ts`). Nothing here blocks,
 * whatever the engine does.
 */
export interface EngineSeat {
  /** Rejects with the engine's own error when it cannot be loaded. */
  readonly loaded: Promise<void>;
  /** What the parent wants of its calls, whichever way they came. */
  readonly block: ControlBlock;
  /** Has a request that came by the channel answered; with `refused` while another call runs and once it is closing. */
  relay(request: EngineEnvelope): void;
  /** Aborts what runs, then closes the engine. Resolves when it is closed; never if it blocks for ever. */
  close(): Promise<void>;
}

/** What each kind of seat does in its own way. */
export interface Seating {
  readonly loaded: Promise<void>;
  readonly block: ControlBlock;
  /** Runs one call to its end; there is one at a time. */
  run(request: EngineEnvelope, reply: Reply): void;
  /** Called once, when the last call has been told to stop. */
  close(): Promise<void>;
}

/** Lets in one call at a time, and none once it is closing. */
export function createSeat(seating: Seating, onReply: (envelope: ServerEnvelope) => void): EngineSeat {
  const { block, loaded } = seating;
  let running: string | undefined;
  let closed: Promise<void> | undefined;

  const whyNot = (): string | null => {
    if (closed) return 'this host is shutting down';
    if (running !== undefined) return `this host is still answering ${running}`;
    return block.isRunning ? 'this host is still answering another call' : null;
  };
  const reply: Reply = (envelope) => {
    if (envelope.kind === 'result' || envelope.kind === 'error') running = undefined;
    onReply(envelope);
  };

  return {
    loaded,
    block,
    relay: (request) => {
      const reason = whyNot();
      if (reason !== null) {
        onReply({ kind: 'error', id: request.id, error: toWireError(refused(request.method, reason)) });
        return;
      }
      running = request.method;
      seating.run(request, reply);
    },
    close: () => {
      block.abortAll();
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
