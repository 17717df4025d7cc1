import { createDeferred } from '../../protocol/contract/deferred.ts';
import type { AsideError } from '../../protocol/errors.ts';

/** The receiving half of a `Port`, for transports to feed: one listener, early messages kept, closing once. */
export interface PortEnd {
  readonly isOpen: boolean;
  /** Hands a message to the listener, or keeps it for one. Dropped after `closed`. */
  deliver(message: unknown): void;
  /** Tells the close listeners, once. Returns false when it was closed before. */
  closed(why: AsideError): boolean;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: (why: AsideError) => void): void;
}

export function createPortEnd(): PortEnd {
  const closing = createDeferred<AsideError>();
  const closeListeners: ((why: AsideError) => void)[] = [];
  let isOpen = true;
  let early: unknown[] = [];
  let listener: ((message: unknown) => void) | undefined;
  return {
    get isOpen() {
      return isOpen;
    },
    deliver: (message) => {
      if (!isOpen) return;
      if (listener) listener(message);
      else early.push(message);
    },
    closed: (why) => {
      if (!isOpen) return false;
      isOpen = false;
      early = [];
      closing.resolve(why);
      for (const onClose of closeListeners) onClose(why);
      return true;
    },
    onMessage: (onMessage) => {
      listener = onMessage;
      const kept = early;
      early = [];
      for (const message of kept) if (isOpen) onMessage(message);
    },
    onClose: (onClose) => {
      if (isOpen) closeListeners.push(onClose);
      else void closing.promise.then(onClose);
    },
  };
}
