import type { Port } from '../../protocol/contract/port.ts';
import { AsideError, isAsideError } from '../../protocol/errors.ts';

/** The port to a child and the ends that its launcher holds. */
export interface ChildPort {
  readonly port: Port;
  /** A message from the child has arrived. */
  receive(message: unknown): void;
  /** From now on `send` drops: the child is gone, though what it sent before may still arrive. */
  stopSending(): void;
}

export interface ChildWire {
  /** May throw. What a broken channel throws is dropped, because the child's exit tells that story. */
  post(message: unknown): void;
  /** Closes the channel from this side. */
  disconnect(): void;
}

/** The part of `Port` that is the same for every kind of child process. */
export function createChildPort(wire: ChildWire): ChildPort {
  let onMessage: ((message: unknown) => void) | undefined;
  const kept: unknown[] = [];
  let isSending = true;
  let closedWhy: AsideError | undefined;
  const closeListeners: ((why: AsideError) => void)[] = [];

  // Not at once: who sets a listener has more to set up before messages may come.
  const deliverKept = (): void => {
    while (kept.length > 0 && onMessage && !closedWhy) onMessage(kept.shift());
  };

  const port: Port = {
    send: (message) => {
      if (!isSending || closedWhy) return;
      try {
        wire.post(message);
      } catch (error) {
        if (!isOfChannel(error)) throw error;
      }
    },
    onMessage: (listener) => {
      onMessage = listener;
      if (kept.length > 0) queueMicrotask(deliverKept);
    },
    onClose: (listener) => {
      const why = closedWhy;
      if (why) queueMicrotask(() => listener(why));
      else closeListeners.push(listener);
    },
    close: (why = new AsideError('disconnected', 'The connection to the host was closed', { details: {} })) => {
      if (closedWhy) return;
      closedWhy = why;
      wire.disconnect();
      for (const listener of closeListeners.splice(0)) listener(why);
    },
  };
  return {
    port,
    receive: (message) => {
      if (closedWhy) return;
      if (onMessage && kept.length === 0) onMessage(message);
      else kept.push(message);
    },
    stopSending: () => {
      isSending = false;
    },
  };
}

/** The system's errors have a code of letters. Those of V8, for what cannot be cloned, have none. */
function isOfChannel(error: unknown): boolean {
  return !isAsideError(error) && typeof (error as NodeJS.ErrnoException)?.code === 'string';
}
