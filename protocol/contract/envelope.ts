import { WireError } from '../errors.ts';
import { z } from '../schema.ts';

/**
 * What actually crosses a port. The caller sends requests, cancels them and grants credit; the server answers each
 * request exactly once (result or error), after any number of progress items.
 *
 * Credit is flow control: a byte budget per request. A server that has used it up says `starved`, waits, and goes on
 * when more is granted. While it is starved its silence is the caller's own doing, so deadlines stand still.
 */
const RequestId = z.int().check(z.minimum(0));

const Request = z.strictObject({
  kind: z.literal('request'),
  id: RequestId,
  method: z.string().check(z.maxLength(64)),
  params: z.unknown(),
  /** `params` are those of many calls, and what they bring comes as progress (see `chunk.ts`). */
  isChunk: z.optional(z.literal(true)),
});

export const CallerEnvelope = z.discriminatedUnion('kind', [
  Request,
  z.strictObject({ kind: z.literal('cancel'), id: RequestId }),
  z.strictObject({ kind: z.literal('credit'), id: RequestId, bytes: z.int().check(z.minimum(1)) }),
]);
export type CallerEnvelope = z.infer<typeof CallerEnvelope>;

/** The part of it that is for the engine thread of a host. */
export const EngineEnvelope = Request;
export type EngineEnvelope = z.infer<typeof EngineEnvelope>;

export const ServerEnvelope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), id: RequestId, item: z.unknown() }),
  z.strictObject({ kind: z.literal('starved'), id: RequestId }),
  z.strictObject({ kind: z.literal('result'), id: RequestId, result: z.unknown() }),
  z.strictObject({ kind: z.literal('error'), id: RequestId, error: WireError }),
  z.strictObject({ kind: z.literal('event'), name: z.string().check(z.maxLength(64)), payload: z.unknown() }),
]);
export type ServerEnvelope = z.infer<typeof ServerEnvelope>;
