import type { AsideError } from '../errors.ts';

/**
 * A raw, ordered, message-based transport: a child's IPC channel, a WebSocket, Electron IPC, a worker's port.
 * Messages are plain data (JSON types, `undefined`, `Uint8Array`). Each transport implements this once, and everything
 * above it is the same everywhere.
 */
export interface Port {
  /**
   * Queues a message; never blocks. After close it is dropped. Throws only for what cannot be sent at all, such as a
   * function, where that is known at once: what V8 throws, or `refused` for what is too large.
   */
  send(message: unknown): void;
  /** One listener at a time; messages that arrive before it is set are kept for it. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, with why. A listener added after close is called at once (in a microtask). */
  onClose(listener: (why: AsideError) => void): void;
  /** Closes from this side. Idempotent. */
  close(why?: AsideError): void;
}
