import { cancelled } from '../../protocol/contract/call.ts';
import type { EngineCall } from '../runtime/call-module.ts';

/** At most this often is progress told. */
const TELL_EVERY_MS = 100;
/** How often somebody is told that a wait on the disk goes on. */
const STILL_HERE_EVERY_MS = 1_000;

/** A call that works through a file: what it has done so far, and whether it is still wanted. */
export class Work {
  readonly #call: EngineCall<{ bytes: number }>;
  readonly #name: string;
  #bytes = 0;
  #toldAtMs = performance.now();

  /** @param name of the request, for the error of a cancelled one */
  constructor(call: EngineCall<{ bytes: number }>, name: string) {
    this.#call = call;
    this.#name = name;
  }

  /** After each block. Throws `request-cancelled`. */
  did(bytes: number): void {
    this.#bytes += bytes;
    if (this.#call.control.isAborted) throw cancelled(this.#name);
    if (performance.now() - this.#toldAtMs < TELL_EVERY_MS) return;
    this.#toldAtMs = performance.now();
    this.#call.progress({ bytes: this.#bytes });
  }

  /** Waits for what may take the disk longer than a silence may last. */
  async during<T>(wait: Promise<T>): Promise<T> {
    const timer = setInterval(() => this.#call.progress({ bytes: this.#bytes }), STILL_HERE_EVERY_MS);
    try {
      return await wait;
    } finally {
      clearInterval(timer);
    }
  }
}
