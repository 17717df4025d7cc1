/** The clock's two functions, so that tests own time. Handles are opaque. */
export interface Timers {
  set(callback: () => void, delayMs: number): unknown;
  clear(handle: unknown): void;
}

/** 24.8 days: a timer that is set for longer goes off at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export const systemTimers: Timers = {
  set: (callback, delayMs) => setTimeout(callback, Math.min(delayMs, MAX_DELAY_MS)),
  clear: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};

export interface DeadlineLimits {
  readonly timeoutMs: number | null;
  readonly progressTimeoutMs: number | null;
}

export type ExceededLimit = 'deadline' | 'progress';

/**
 * Watches one call against its two limits and reports the first that is exceeded, once. The whole-call limit does not
 * count paused time; the progress limit starts anew after a pause. The clocks run from the beginning.
 */
export class Deadlines {
  readonly #limits: DeadlineLimits;
  readonly #onExceeded: (limit: ExceededLimit, timeoutMs: number) => void;
  readonly #timers: Timers;
  readonly #now: () => number;
  #leftMs: number | null;
  /** null while the clocks stand still. */
  #runningSinceMs: number | null = null;
  #whole: unknown = null;
  #silence: unknown = null;
  #hasEnded = false;

  constructor(
    limits: DeadlineLimits,
    onExceeded: (limit: ExceededLimit, timeoutMs: number) => void,
    timers: Timers = systemTimers,
    now: () => number = () => performance.now(),
  ) {
    this.#limits = limits;
    this.#onExceeded = onExceeded;
    this.#timers = timers;
    this.#now = now;
    this.#leftMs = limits.timeoutMs;
    this.#run();
  }

  /** A sign of life: starts the progress limit anew, and ends a pause. */
  progress(): void {
    if (this.#hasEnded) return;
    if (this.#runningSinceMs === null) this.#run();
    else this.#armSilence();
  }

  /** Stops both clocks until `progress` or `resume`. */
  pause(): void {
    if (this.#runningSinceMs === null) return;
    if (this.#leftMs !== null) this.#leftMs = Math.max(0, this.#leftMs - (this.#now() - this.#runningSinceMs));
    this.#runningSinceMs = null;
    if (this.#whole !== null) this.#timers.clear(this.#whole);
    if (this.#silence !== null) this.#timers.clear(this.#silence);
  }

  resume(): void {
    if (!this.#hasEnded) this.#run();
  }

  /** Stops both clocks for good. */
  clear(): void {
    this.#hasEnded = true;
    this.pause();
  }

  #run(): void {
    if (this.#runningSinceMs !== null) return;
    this.#runningSinceMs = this.#now();
    if (this.#leftMs !== null) this.#whole = this.#timers.set(() => this.#exceed('deadline'), this.#leftMs);
    this.#armSilence();
  }

  #armSilence(): void {
    const { progressTimeoutMs } = this.#limits;
    if (progressTimeoutMs === null) return;
    if (this.#silence !== null) this.#timers.clear(this.#silence);
    this.#silence = this.#timers.set(() => this.#exceed('progress'), progressTimeoutMs);
  }

  #exceed(limit: ExceededLimit): void {
    this.clear();
    const { timeoutMs, progressTimeoutMs } = this.#limits;
    this.#onExceeded(limit, (limit === 'deadline' ? timeoutMs : progressTimeoutMs) ?? 0);
  }
}
