import { DurationHistogram, type DurationSummary } from './duration-histogram.ts';
import type { HostLoad } from './host-load.ts';

/**
 * How a pool does now, and what it has done since it was made. Memory and CPU time are those of the hosts that are there
 * now, as they told last: `sample()` asks them anew, and so does a call that ends a second after that.
 */
export interface PoolStatistics extends HostLoad {
  /** Calls that wait for a host. */
  readonly queued: number;
  /** Calls that run and whose callers wait for them. */
  readonly busy: number;
  /** Hosts that a call can be given to at once. */
  readonly idle: number;
  /** Hosts that have a process, or will have one without being asked. */
  readonly hosts: number;
  /** Calls that were answered. */
  readonly done: number;
  /** Calls that rejected, but for those that were cancelled. Calls that were never taken in count nowhere. */
  readonly failed: number;
  readonly cancelled: number;
  /** Calls that were tried again, each time. */
  readonly retries: number;
  /** Hosts that were started in the place of one that had crashed. */
  readonly restarts: number;
  /** Hosts that were replaced because of `maxCallsPerHost` or `maxRssBytesPerHost`. */
  readonly recycled: number;
  /** From a call's arrival, or its failed attempt, until a host took it. */
  readonly wait: DurationSummary;
  /** From then on until its caller was told, each attempt by itself. */
  readonly run: DurationSummary;
}

type Outcome = 'done' | 'failed' | 'cancelled';

/** Counts what becomes of calls. */
export class CallRecorder {
  readonly #outcomes: Record<Outcome, number> = { done: 0, failed: 0, cancelled: 0 };
  readonly #wait = new DurationHistogram();
  readonly #run = new DurationHistogram();
  #retries = 0;

  taken(waitedMs: number): void {
    this.#wait.record(waitedMs);
  }

  ran(ranMs: number): void {
    this.#run.record(ranMs);
  }

  over(how: Outcome): void {
    this.#outcomes[how] += 1;
  }

  retried(): void {
    this.#retries += 1;
  }

  read(): Pick<PoolStatistics, Outcome | 'retries' | 'wait' | 'run'> {
    return { ...this.#outcomes, retries: this.#retries, wait: this.#wait.summary(), run: this.#run.summary() };
  }
}
