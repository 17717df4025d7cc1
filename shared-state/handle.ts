import { z } from '../protocol/schema.ts';
import { type ElementType, MAX_SHARED_BYTES } from './elements.ts';

const elements = {
  type: z.enum(['int32', 'float64', 'uint8'] satisfies ElementType[]),
  length: z.int().check(z.minimum(1), z.maximum(MAX_SHARED_BYTES)),
};

/**
 * Where a shared array is to be found, as plain data: put it among the arguments of a process or the parameters of a
 * request. It leads there for as long as the array is open where it was created. Whoever has it can read and write.
 */
export const SharedArrayHandle = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('memory'), address: z.string().check(z.maxLength(1_000)), ...elements }),
  z.strictObject({
    kind: z.literal('messages'),
    /** At 127.0.0.1. */
    port: z.int().check(z.minimum(1), z.maximum(65_535)),
    token: z.string().check(z.length(64)),
    ...elements,
  }),
]);
export type SharedArrayHandle = z.infer<typeof SharedArrayHandle>;
