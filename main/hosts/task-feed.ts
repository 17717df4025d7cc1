/**
 * How inputs become calls, for `map` and `imap` alike:
 *
 *   inputs ── read, at most `readAhead` ahead ──▶ begin(params) ──▶ outcome ──▶ onOutcome ── taken() ─┐
 *      ▲                                                                                              │
 *      └────────────────────────── room for one more ◀────────────────────────────────────────────────┘
 */
import type { PooledCall } from './pool-call.ts';
import { openInputs, type TaskInput, type TaskInputs } from './task-inputs.ts';

/** What became of one input. `index` counts the inputs from 0. */
export type TaskOutcome<R> =
  | { readonly index: number; readonly status: 'fulfilled'; readonly value: R }
  | { readonly index: number; readonly status: 'rejected'; readonly reason: unknown };

export interface TaskFeedOptions<P, R> {
  readonly inputs: TaskInputs<P>;
  /** How many inputs may be read whose outcome has not been taken; at least 1. */
  readonly readAhead: number;
  begin(params: P, index: number): PooledCall<R>;
  onOutcome(outcome: TaskOutcome<R>): void;
  /** All that was read has had its outcome and there is no more; `thrown` is what the inputs threw, if they did. */
  onEnd(thrown: { readonly reason: unknown } | null): void;
}

export class TaskFeed<P, R> {
  readonly #options: TaskFeedOptions<P, R>;
  readonly #input: TaskInput<P>;
  readonly #running = new Set<PooledCall<R>>();
  /** Inputs read so far. */
  #read = 0;
  /** Inputs read whose outcome has not been taken. */
  #untaken = 0;
  #isReading = false;
  #isStopped = false;
  #end: { thrown: { reason: unknown } | null } | null = null;

  constructor(options: TaskFeedOptions<P, R>) {
    this.#options = options;
    this.#input = openInputs(options.inputs);
  }

  /** Reads and begins as much as there is room for. */
  fill(): void {
    while (!this.#isReading && !this.#end && !this.#isStopped && this.#untaken < this.#options.readAhead) this.#step();
  }

  /** An outcome has been taken: there is room for one more. */
  taken(): void {
    this.#untaken -= 1;
    this.fill();
  }

  /** Reads no more; what runs goes on. */
  stopReading(): Promise<void> {
    this.#end ??= { thrown: null };
    return this.#input.close();
  }

  /** Cancels what runs and tells nothing more. Resolves when the inputs have cleaned up. */
  stop(): Promise<void> {
    this.#isStopped = true;
    for (const call of this.#running) call.cancel();
    this.#running.clear();
    return this.#input.close();
  }

  #step(): void {
    try {
      const next = this.#input.next();
      if ('then' in next) this.#await(next);
      else this.#take(next);
    } catch (reason) {
      this.#finish({ reason });
    }
  }

  #await(next: Promise<IteratorResult<P, unknown>>): void {
    this.#isReading = true;
    next.then(
      (result) => {
        this.#isReading = false;
        this.#take(result);
        this.fill();
      },
      (reason) => this.#finish({ reason }),
    );
  }

  #take(next: IteratorResult<P, unknown>): void {
    if (this.#isStopped || this.#end) return;
    if (next.done) {
      this.#finish(null);
      return;
    }
    const index = this.#read++;
    this.#untaken += 1;
    const call = this.#options.begin(next.value, index);
    this.#running.add(call);
    call.result.then(
      (value) => this.#tell(call, { index, status: 'fulfilled', value }),
      (reason) => this.#tell(call, { index, status: 'rejected', reason }),
    );
  }

  #tell(call: PooledCall<R>, outcome: TaskOutcome<R>): void {
    if (!this.#running.delete(call)) return;
    this.#options.onOutcome(outcome);
    this.#checkEnd();
  }

  #finish(thrown: { reason: unknown } | null): void {
    this.#isReading = false;
    this.#end ??= { thrown };
    this.#checkEnd();
  }

  #checkEnd(): void {
    if (this.#end && !this.#isStopped && this.#running.size === 0) this.#options.onEnd(this.#end.thrown);
  }
}
