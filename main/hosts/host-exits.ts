import type { AsideError } from '../../protocol/errors.ts';
import type { HostExitReason, HostExitReport } from '../../protocol/model/host-exit.ts';

/** One host's end as it is remembered: `atMs` is the instant, of a clock that only goes forward. */
export interface HostExitRecord extends Omit<HostExitReport, 'agoMs'> {
  readonly atMs: number;
}

/** How a host came to its end. */
export interface HostEnd {
  readonly why: AsideError;
  /** null: it never was ready. */
  readonly readyForMs: number | null;
  /** It had answered a call, or shown progress on one. */
  readonly isProven: boolean;
  /** It took a call with it. */
  readonly wasBusy: boolean;
  /** We ended it: it was told to go, or killed because it did not hear a cancel. */
  readonly isWanted: boolean;
  /** Its engine cannot run here, or it is no host of our contract: another start would end the same way. */
  readonly isHopeless: boolean;
  /** The same for people, and for the record. */
  readonly exit: HostExitRecord;
}

/** What is known of a host that is no longer there. */
export interface EndCircumstances {
  /** Why we ended it; null when we did not. */
  readonly wanted: HostExitReason | null;
  readonly why: AsideError;
  readonly wasReady: boolean;
  /** Another start would end the same way. */
  readonly isHopeless: boolean;
  /** It could not be killed. */
  readonly isLeftBehind: boolean;
}

export function exitReason({ wanted, why, wasReady, isHopeless, isLeftBehind }: EndCircumstances): HostExitReason {
  if (isLeftBehind) return 'left-behind';
  if (wanted !== null) return wanted;
  if (why.code === 'host-protocol') return 'protocol';
  if (isHopeless) return 'unavailable';
  return wasReady ? 'crashed' : 'start-failed';
}

export function toExitReport({ atMs, ...exit }: HostExitRecord, nowMs: number): HostExitReport {
  return { ...exit, agoMs: Math.max(0, nowMs - atMs) };
}
