/** How often dead hosts are replaced before somebody has to ask for it. */
export interface RestartLimits {
  /** Charged deaths within `windowMs` that are still followed by a restart. */
  readonly maxRestarts: number;
  readonly windowMs: number;
  /** Hosts in a row that die before they are ready; the last of them is not replaced. */
  readonly maxFailedStarts: number;
  /** Pause before the restart after the first, second, … charged death in the window, if it was unprompted. */
  readonly backOffMs: readonly number[];
  /** A host that was ready for so long wipes the slate when it dies. */
  readonly stableMs: number;
}

/**
 * A text that kills each host that it meets costs two restarts a try: five tries in a minute are no reason to stop.
 * A program that dies before it is ready is given up in under a second.
 */
export const DEFAULT_RESTART_LIMITS: RestartLimits = {
  maxRestarts: 10,
  windowMs: 60_000,
  maxFailedStarts: 3,
  backOffMs: [0, 250, 500, 1_000, 2_000, 4_000],
  stableMs: 30_000,
};

/** What counts about a host that has died. */
export interface Death {
  /** null: it died before it was ready. */
  readonly readyForMs: number | null;
  /** It had answered a call, or shown progress on one: the engine works. Such a death is not charged. */
  readonly isProven: boolean;
  /** It died with a call. Nobody has to be made to wait then: it takes another call to get there again. */
  readonly wasBusy: boolean;
}

export interface RestartHistory {
  /** Instants of the charged deaths in the window, oldest first. */
  readonly deathsAtMs: readonly number[];
  /** Hosts in a row that died before they were ready. */
  readonly failedStarts: number;
}

export const NO_DEATHS: RestartHistory = { deathsAtMs: [], failedStarts: 0 };

export type RestartDecision =
  | { readonly kind: 'restart'; readonly delayMs: number }
  /** `restarts`: how many have been made since the slate was clean. */
  | { readonly kind: 'give-up'; readonly restarts: number };

/** What to do after a death, and the history with that death in it. */
export function decideRestart(
  before: RestartHistory,
  death: Death,
  nowMs: number,
  limits: RestartLimits,
): { history: RestartHistory; decision: RestartDecision } {
  const { readyForMs, isProven, wasBusy } = death;
  const { deathsAtMs, failedStarts } = readyForMs !== null && readyForMs >= limits.stableMs ? NO_DEATHS : before;
  const recent = deathsAtMs.filter((atMs) => nowMs - atMs < limits.windowMs);
  if (isProven) return { history: { deathsAtMs: recent, failedStarts }, decision: { kind: 'restart', delayMs: 0 } };

  const history = {
    deathsAtMs: [...recent, nowMs],
    failedStarts: readyForMs === null ? failedStarts + 1 : failedStarts,
  };
  const backOffMs = limits.backOffMs[Math.min(recent.length, limits.backOffMs.length - 1)] ?? 0;
  const isSpent = history.deathsAtMs.length > limits.maxRestarts || history.failedStarts >= limits.maxFailedStarts;
  const decision: RestartDecision = isSpent
    ? { kind: 'give-up', restarts: recent.length }
    : { kind: 'restart', delayMs: wasBusy ? 0 : backOffMs };
  return { history, decision };
}

/** The history after a host has become ready. */
export function afterReady(history: RestartHistory): RestartHistory {
  return { ...history, failedStarts: 0 };
}

/** One history, shared by all hosts of an engine: what breaks one breaks the others. */
export interface RestartBudget {
  died(death: Death): RestartDecision;
  ready(): void;
  /** Wipes the slate. */
  reset(): void;
}

export function createRestartBudget(limits: RestartLimits, now: () => number): RestartBudget {
  let history = NO_DEATHS;
  return {
    died: (death) => {
      const decided = decideRestart(history, death, now(), limits);
      history = decided.history;
      return decided.decision;
    },
    ready: () => {
      history = afterReady(history);
    },
    reset: () => {
      history = NO_DEATHS;
    },
  };
}
