import { z } from '../schema.ts';
import { EngineEnvelope } from './envelope.ts';

/**
 * What a lane carries besides requests. While a host is at one call, the parameters of the one that is likely to be its
 * next lie with it already: it need not wait for them when it is free. They are no call before `begin` says so, with all
 * that a call has: an attempt, deadlines, a cancel. If another request comes instead, they are forgotten.
 */
export const ParamsAhead = z.strictObject({ kind: z.literal('ahead'), params: z.unknown() });
export type ParamsAhead = z.infer<typeof ParamsAhead>;

/** A request whose parameters came ahead. */
export const BeginEnvelope = z.extend(z.omit(EngineEnvelope, { params: true }), { kind: z.literal('begin') });
export type BeginEnvelope = z.infer<typeof BeginEnvelope>;
