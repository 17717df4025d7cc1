import { defineContract } from '../../../protocol/contract/define-contract.ts';
import { hostControlEvents, hostControlRequests } from '../../../protocol/contract/host-control.ts';
import { z } from '../../../protocol/schema.ts';

const limits = { timeoutMs: 60_000, progressTimeoutMs: null };
const Counted = z.strictObject({ value: z.int() });
const Bytes = z.instanceof(Uint8Array);

/** What all contenders do, each in its own words (`peer-functions.mjs`, `peer.py`). */
export const benchContract = defineContract({
  name: 'bench',
  version: 1,
  requests: {
    ...hostControlRequests,
    /** A small call. */
    'bench.increment': { params: Counted, result: Counted, ...limits },
    /** The smallest. */
    'bench.negate': { params: z.number(), result: z.number(), ...limits },
    'bench.echo': { params: Bytes, result: Bytes, ...limits },
    /** Blocks for a while, and tells where. */
    'bench.work': {
      params: z.strictObject({ workMs: z.int().check(z.minimum(0)) }),
      result: z.strictObject({ pid: z.int() }),
      ...limits,
    },
  },
  events: hostControlEvents,
});
export type BenchContract = typeof benchContract;
