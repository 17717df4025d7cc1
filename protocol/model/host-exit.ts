import { z } from '../schema.ts';

/**
 * Why a host is no longer there:
 *
 *   crashed        by itself, or by a signal that was not ours
 *   start-failed   it could not be started, or ended or was killed before it was ready
 *   unavailable    its engine cannot run here
 *   protocol       it sent what it must not, and was killed
 *   hung           its call was too late, it did not stop, and was killed
 *   deaf           its call was cancelled, it did not stop, and was killed
 *   silent         it was at a call, did not even answer whether it was there, and was killed
 *   recycled       it had worked for long or had grown big, and was replaced while another was free
 *   released       it was no longer needed
 *   ended          somebody asked for its end
 *   restarted      somebody asked for another in its place
 *   left-behind    not even a kill ended it
 */
export const HostExitReason = z.enum([
  'crashed',
  'start-failed',
  'unavailable',
  'protocol',
  'hung',
  'deaf',
  'silent',
  'recycled',
  'released',
  'ended',
  'restarted',
  'left-behind',
]);
export type HostExitReason = z.infer<typeof HostExitReason>;

/** How one host came to its end. */
export const HostExitReport = z.strictObject({
  /** null: it was never spawned. */
  pid: z.nullable(z.int()),
  /** As the system tells it; null after a signal, and of what was never there or is left behind. */
  exitCode: z.nullable(z.int()),
  signal: z.nullable(z.string().check(z.maxLength(40))),
  reason: HostExitReason,
  /** The request that it took with it; null when it was idle. */
  request: z.nullable(z.string().check(z.maxLength(64))),
  /** How long ago that was when it was told. */
  agoMs: z.number().check(z.minimum(0)),
});
export type HostExitReport = z.infer<typeof HostExitReport>;
