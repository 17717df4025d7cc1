/** The clock's two functions, so that tests own time. Handles are opaque. */
export interface Timers {
  set(callback: () => void, delayMs: number): unknown;
  clear(handle: unknown): void;
}

export const systemTimers: Timers = {
  set: (callback, delayMs) => setTimeout(callback, delayMs),
  clear: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};

export interface DeadlineLimits {
  readonly timeoutMs: number | null;
  readonly progressTimeoutMs: number | null;
}

export interface Deadlines {
  /** A sign of life: starts the progress limit anew, and ends a pause. */
  progress(): void;
  /** Stops both clocks until `progress` or `resume`. */
  pause(): void;
  resume(): void;
  /** Stops both clocks for good. */
  clear(): void;
}

/**
 * Watches one call against its two limits and reports the first that is exceeded, once. The whole-call limit does not
 * count paused time; the progress limit starts anew after a pause.
 */
export function createDeadlines(
  limits: DeadlineLimits,
  onExceeded: (limit: 'deadline' | 'progress', timeoutMs: number) => void,
  timers: Timers = systemTimers,
  now: () => number = () => performance.now(),
): Deadlines {
  let leftMs = limits.timeoutMs;
  let runningSinceMs: number | undefined;
  let whole: unknown;
  let silence: unknown;
  let ended = false;

  const exceed = (limit: 'deadline' | 'progress', timeoutMs: number | null): void => {
    ended = true;
    stop();
    onExceeded(limit, timeoutMs ?? 0);
  };

  function armSilence(): void {
    if (limits.progressTimeoutMs === null) return;
    timers.clear(silence);
    silence = timers.set(() => exceed('progress', limits.progressTimeoutMs), limits.progressTimeoutMs);
  }

  function run(): void {
    if (runningSinceMs !== undefined) return;
    runningSinceMs = now();
    if (leftMs !== null) whole = timers.set(() => exceed('deadline', limits.timeoutMs), leftMs);
    armSilence();
  }

  function stop(): void {
    if (runningSinceMs !== undefined && leftMs !== null) leftMs = Math.max(0, leftMs - (now() - runningSinceMs));
    runningSinceMs = undefined;
    timers.clear(whole);
    timers.clear(silence);
  }

  run();
  return {
    progress: () => {
      if (ended) return;
      if (runningSinceMs === undefined) run();
      else armSilence();
    },
    pause: stop,
    resume: () => {
      if (!ended) run();
    },
    clear: () => {
      ended = true;
      stop();
    },
  };
}
