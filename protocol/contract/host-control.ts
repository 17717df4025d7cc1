import { WireError } from '../errors.ts';
import { z } from '../schema.ts';
import { defineContract } from './define-contract.ts';

/** The part of a host's contract that the runtime itself answers, whatever its calls are about. */
export const hostControlRequests = {
  /** Answered by the control thread at once, also while the engine blocks. */
  'host.ping': { params: z.strictObject({}), result: z.strictObject({}), timeoutMs: 5_000, progressTimeoutMs: null },
  'host.stats': {
    params: z.strictObject({}),
    result: z.strictObject({
      rssBytes: z.int().check(z.minimum(0)),
      /** User and system time since the host started. */
      cpuMs: z.number().check(z.minimum(0)),
      /** Calls answered since the host started. */
      calls: z.int().check(z.minimum(0)),
    }),
    timeoutMs: 5_000,
    progressTimeoutMs: null,
  },
  /** The host cancels what runs, closes its engine and exits with 0. */
  'host.shutdown': {
    params: z.strictObject({}),
    result: z.strictObject({}),
    timeoutMs: 2_000,
    progressTimeoutMs: null,
  },
} as const;

export const hostControlEvents = {
  /** The first message of a healthy host. Nothing may be sent to it before. */
  'host.ready': z.strictObject({
    contract: z.string().check(z.maxLength(40)),
    version: z.int(),
    engine: z.string().check(z.maxLength(40)),
    /** Its engine thread takes calls from the lane (`main/hosts/lane.ts`). */
    hasLane: z.optional(z.boolean()),
  }),
  /** The only message of a host whose engine cannot run here. It then exits by itself, with 0. */
  'host.failed': z.strictObject({ error: WireError }),
} as const;

/** What the control thread of every host serves. */
export const controlContract = defineContract({
  name: 'control',
  version: 1,
  requests: hostControlRequests,
  events: hostControlEvents,
});
export type ControlContract = typeof controlContract;
