/**
 * The memory that a host's control thread and its engine share. The control thread writes what the parent wants of a
 * call, and the engine reads it in the middle of a blocking native call; the engine writes how it is doing.
 *
 * One call runs at a time, and their ids only grow. Each wish names its call, so what comes late for one call cannot
 * touch the next, and what comes early is there when the call begins. Each counter has one writer.
 */
const WAKE = 0; // raised by every wish, so that a waiter cannot miss one; read as 32 bits
const ABORTED = 1; // this call is to stop
const CREDITED = 2; // the call that GRANTED is about
const GRANTED = 3; // bytes of credit granted since that call began
const RUNNING = 4; // the call that runs
const ANSWERED = 5; // calls answered since the host started
const HUSHED = 6; // 1 when nothing more is to be answered
const COUNTERS = 7;
/** In place of the name of a call. */
const NONE = -1n;
const ALL = -2n;

export class ControlBlock {
  readonly shared: SharedArrayBuffer;
  readonly #counters: BigInt64Array;
  readonly #wishes: Int32Array;
  /** The call that was looked at last, for what waits on the thread that makes the wishes. */
  #call: CallControl | undefined;

  /** Without `shared` a new block; with it the other thread's view of the same block. */
  constructor(shared?: SharedArrayBuffer) {
    this.shared = shared ?? new SharedArrayBuffer(COUNTERS * BigInt64Array.BYTES_PER_ELEMENT);
    this.#counters = new BigInt64Array(this.shared);
    // Half of the counter, round and round: it is looked at before each of a million calls, where a bigint costs memory.
    this.#wishes = new Int32Array(this.shared, WAKE * BigInt64Array.BYTES_PER_ELEMENT, 1);
    if (shared) return;
    for (const name of [ABORTED, CREDITED, RUNNING]) this.#counters[name] = NONE;
  }

  /** The engine's view of one call. */
  call(id: number): CallControl {
    this.#call = new CallControl(this.#counters, this.#wishes, BigInt(id));
    return this.#call;
  }

  /** Asks the engine to stop the call, also when it waits for credit. Idempotent, never blocks. */
  abort(id: number): void {
    const aborted = this.#load(ABORTED);
    // While the call that runs is about to stop, no other can wait for it: what is named is no call of the engine's.
    if (aborted === ALL || (aborted !== NONE && aborted === this.#load(RUNNING))) return;
    this.#stop(BigInt(id));
  }

  /** The same for whatever runs or may yet come. */
  abortAll(): void {
    this.#stop(ALL);
  }

  /** Adds to the call's budget; never blocks. Too late for a call that is followed by one with credit. */
  grant(id: number, bytes: number): void {
    const credited = this.#load(CREDITED);
    if (BigInt(id) < credited) return;
    if (BigInt(id) > credited) {
      Atomics.store(this.#counters, GRANTED, 0n); // first: who sees the new name must not see the old budget
      Atomics.store(this.#counters, CREDITED, BigInt(id));
    }
    Atomics.add(this.#counters, GRANTED, BigInt(bytes));
    this.#wake();
  }

  /** From now on nothing is answered. */
  hush(): void {
    Atomics.store(this.#counters, HUSHED, 1n);
  }

  get isHushed(): boolean {
    return this.#load(HUSHED) === 1n;
  }

  get isRunning(): boolean {
    return this.#load(RUNNING) !== NONE;
  }

  /** Calls answered since the host started, with a result or an error. */
  get answered(): number {
    return Number(this.#load(ANSWERED));
  }

  began(id: number): void {
    Atomics.store(this.#counters, RUNNING, BigInt(id));
  }

  /** Before the answer leaves: the parent may send and abort the next call as soon as it has it. */
  finished(): void {
    Atomics.add(this.#counters, ANSWERED, 1n);
    Atomics.store(this.#counters, RUNNING, NONE);
  }

  #stop(call: bigint): void {
    Atomics.store(this.#counters, ABORTED, call);
    this.#wake();
  }

  #load(counter: number): bigint {
    return Atomics.load(this.#counters, counter);
  }

  #wake(): void {
    Atomics.add(this.#wishes, 0, 1);
    Atomics.notify(this.#wishes, 0);
    this.#call?.changed();
  }
}

/** What the parent wants of one call. */
export class CallControl {
  readonly #counters: BigInt64Array;
  readonly #wishes: Int32Array;
  readonly #id: bigint;
  /** `isAborted` as it was when the last wish that it knows of was made; null before it was looked at. */
  #wasAborted: boolean | null = null;
  #wishesSeen = 0;
  /** For those who wait on the thread that makes the wishes. */
  readonly #listeners = new Set<() => void>();

  constructor(counters: BigInt64Array, wishes: Int32Array, id: bigint) {
    this.#counters = counters;
    this.#wishes = wishes;
    this.#id = id;
  }

  /** Cheap: an atomic load, and no memory while nothing was wished. */
  get isAborted(): boolean {
    const wishes = Atomics.load(this.#wishes, 0); // before the look, as in a wait
    if (this.#wasAborted === null || wishes !== this.#wishesSeen) {
      const aborted = Atomics.load(this.#counters, ABORTED);
      this.#wasAborted = aborted === this.#id || aborted === ALL;
      this.#wishesSeen = wishes;
    }
    return this.#wasAborted;
  }

  /** All credit since the call began. */
  get grantedBytes(): number {
    const isOurs = Atomics.load(this.#counters, CREDITED) === this.#id;
    return isOurs ? Number(Atomics.load(this.#counters, GRANTED)) : 0;
  }

  /** Blocks this thread until more than `bytes` have been granted in all. Returns false when the call was aborted. */
  waitUntilGrantedMoreThan(bytes: number): boolean {
    for (;;) {
      const seen = Atomics.load(this.#wishes, 0); // before the looks, so that a change after them ends the wait
      if (this.isAborted) return false;
      if (this.grantedBytes > bytes) return true;
      Atomics.wait(this.#wishes, 0, seen);
    }
  }

  /** The same without blocking, for a call that runs on the control thread: it hears of its own thread's wishes only. */
  async whenGrantedMoreThan(bytes: number): Promise<boolean> {
    while (!this.isAborted && this.grantedBytes <= bytes) await this.#change();
    return !this.isAborted;
  }

  /** Calls back once, when the call is aborted, at once if it has been. On the control thread only, as above. */
  onAbort(listener: () => void): void {
    const look = (): void => {
      if (!this.isAborted) return;
      this.#listeners.delete(look);
      listener();
    };
    this.#listeners.add(look);
    look();
  }

  /** Tells those who wait that there may be what they wait for. */
  changed(): void {
    for (const listener of [...this.#listeners]) listener();
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
}
