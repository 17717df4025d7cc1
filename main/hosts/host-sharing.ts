import type { CallPriority } from './call-queue.ts';

/** How many hosts there may be. */
export interface SharingLimits {
  /** Calls that run at the same time. */
  readonly maxBusy: number;
  /** Idle hosts kept ready while any is busy. */
  readonly spares: number;
}

/**
 * Whether a call may be given to a free host while `running` calls run. At most `maxBusy` do; but while some of them are
 * background work, a listener may have the spare too and need not wait for their end.
 */
export function mayRun(priority: CallPriority, running: readonly CallPriority[], limits: SharingLimits): boolean {
  if (running.length < limits.maxBusy) return true;
  if (priority === 'background' || running.length >= limits.maxBusy + limits.spares) return false;
  return running.includes('background');
}

/** How many hosts it takes for `running` and `waiting` calls: one each, up to the limit, and the spares. None for none. */
export function hostsWanted(running: number, waiting: number, limits: SharingLimits): number {
  const calls = running + waiting;
  if (calls === 0) return 0;
  return Math.max(running, Math.min(limits.maxBusy, calls)) + limits.spares;
}
