/**
 * The memory that a call shares between the control thread, which writes it, and the engine thread, which reads it in
 * the middle of a blocking native call. A block belongs to one call, so what comes late for one call cannot touch the
 * next. Layout: two 64-bit counters.
 */
const WAKE = 0; // raised by every change, so that a waiter cannot miss one
const GRANTED = 1; // bytes of credit granted since the call began
const ABORT = 4; // index in 32-bit units, behind the two counters
const BYTES = 24;

export class ControlBlock {
  readonly shared: SharedArrayBuffer;
  readonly #counters: BigInt64Array;
  readonly #flags: Int32Array;
  /** For those who wait on the thread that makes the changes. */
  readonly #listeners = new Set<() => void>();

  /** Without `shared` a new block; with it the other thread's view of the same block. */
  constructor(shared = new SharedArrayBuffer(BYTES)) {
    this.shared = shared;
    this.#counters = new BigInt64Array(shared, 0, 2);
    this.#flags = new Int32Array(shared);
  }

  /** Asks the engine thread to stop, also when it waits for credit. Idempotent, never blocks. */
  abort(): void {
    Atomics.store(this.#flags, ABORT, 1);
    this.#wake();
  }

  /** Cheap: an atomic load. */
  get isAborted(): boolean {
    return Atomics.load(this.#flags, ABORT) === 1;
  }

  /** Adds to the budget; never blocks. */
  grant(bytes: number): void {
    Atomics.add(this.#counters, GRANTED, BigInt(bytes));
    this.#wake();
  }

  /** All credit since the call began. */
  get grantedBytes(): number {
    return Number(Atomics.load(this.#counters, GRANTED));
  }

  /** Blocks this thread until more than `bytes` have been granted in all. Returns false when the call was aborted. */
  waitUntilGrantedMoreThan(bytes: number): boolean {
    for (;;) {
      const seen = Atomics.load(this.#counters, WAKE); // before the looks, so that a change after them ends the wait
      if (this.isAborted) return false;
      if (this.grantedBytes > bytes) return true;
      Atomics.wait(this.#counters, WAKE, seen);
    }
  }

  /** The same without blocking, for a call that runs on the thread that grants and aborts through this very object. */
  async whenGrantedMoreThan(bytes: number): Promise<boolean> {
    while (!this.isAborted && this.grantedBytes <= bytes) await this.#change();
    return !this.isAborted;
  }

  /** Calls back once, when this object is told to abort, at once if it has been. Not for changes by another thread. */
  onAbort(listener: () => void): void {
    const look = (): void => {
      if (!this.isAborted) return;
      this.#listeners.delete(look);
      listener();
    };
    this.#listeners.add(look);
    look();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
    });
  }

  #wake(): void {
    Atomics.add(this.#counters, WAKE, 1n);
    Atomics.notify(this.#counters, WAKE);
    for (const listener of [...this.#listeners]) listener();
  }
}
