import { type ErrorCode, isAsideError } from '../../protocol/errors.ts';

/**
 * Whether a call that failed is tried again on another host. It then runs from its beginning, with all the credit that was
 * granted so far; its progress is reported anew.
 */
export interface RetryPolicy {
  /** How often it may be tried again. */
  readonly times: number;
  /** For which failures. Default: those that say that the host broke, `host-exited` and `host-protocol`. */
  readonly codes?: readonly ErrorCode[];
}

const HOST_BROKE: readonly ErrorCode[] = ['host-exited', 'host-protocol'];

/** After how many attempts the one that failed now was the last, and with which error, decide. */
export function mayRetry(policy: RetryPolicy | undefined, attempts: number, error: unknown): boolean {
  if (!policy || attempts > policy.times) return false;
  return isAsideError(error, ...(policy.codes ?? HOST_BROKE));
}
