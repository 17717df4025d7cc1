/** How many hosts there may be. */
export interface SharingLimits {
  /** Calls that run at the same time. */
  readonly maxBusy: number;
  /** Idle hosts kept ready while any is busy. */
  readonly spares: number;
}

/** The calls that run. */
export interface Running {
  readonly size: number;
  readonly lowestRank: number;
}

/**
 * Whether a call of `rank` may be given to a free host. At most `maxBusy` run; but a call that is more urgent than one of
 * those may have the spare too, and need not wait for its end: a listener is not made to wait for background work.
 */
export function mayRun(rank: number, running: Running, { maxBusy, spares }: SharingLimits): boolean {
  return running.size < maxBusy || (running.size < maxBusy + spares && running.lowestRank < rank);
}

/** How many hosts it takes for `running` and `waiting` calls: one each, up to the limit, and the spares. None for none. */
export function hostsWanted(running: number, waiting: number, limits: SharingLimits): number {
  const calls = running + waiting;
  if (calls === 0) return 0;
  return Math.max(running, Math.min(limits.maxBusy, calls)) + limits.spares;
}
