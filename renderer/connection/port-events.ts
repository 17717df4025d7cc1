import type { Port } from '../../protocol/contract/port.ts';
import type { AsideError } from '../../protocol/errors.ts';

/** The receiving half of a port: keeps messages for a listener that is not there yet, tells the end once. */
export class PortEvents implements Pick<Port, 'onMessage' | 'onClose'> {
  #listener: ((message: unknown) => void) | undefined;
  #early: unknown[] = [];
  #closeListeners: ((why: AsideError) => void)[] = [];
  #why: AsideError | undefined;

  get isClosed(): boolean {
    return this.#why !== undefined;
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listener = listener;
    for (const message of this.#early.splice(0)) listener(message);
  }

  onClose(listener: (why: AsideError) => void): void {
    const why = this.#why;
    if (why) queueMicrotask(() => listener(why));
    else this.#closeListeners.push(listener);
  }

  received(message: unknown): void {
    if (this.isClosed) return;
    if (this.#listener) this.#listener(message);
    else this.#early.push(message);
  }

  /** Does nothing the second time. */
  closed(why: AsideError): void {
    if (this.isClosed) return;
    this.#why = why;
    for (const listener of this.#closeListeners.splice(0)) listener(why);
  }
}
