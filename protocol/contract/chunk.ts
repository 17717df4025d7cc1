import { AsideError, WireError } from '../errors.ts';
import { z } from '../schema.ts';
import type { RequestSpec, Schema } from './define-contract.ts';

/**
 * Many calls of one method in one request, for calls so small that their way costs more than their work. They run one
 * after the other on one host; one that fails leaves the others alone. To the other side they are one call: with one
 * cancel, one deadline and one death. What they bring comes as progress, in groups of at most `GROUP_CALLS`, so that the
 * caller is at it while the next ones run. The result is null.
 */
export interface ChunkGroup<R> {
  /** One a call, in their order; null in the place of one that failed. */
  readonly values: readonly R[];
  /** Those that failed, by their index in `values`. */
  readonly errors: readonly { readonly index: number; readonly error: WireError }[];
}

export const GROUP_CALLS = 4096;

/** What the other side makes of the parameters of a chunk; those of each call are checked as it begins. */
export const ChunkParams = z.custom<readonly unknown[]>((value) => Array.isArray(value), 'an array of parameters');

const groupSchemas = new WeakMap<RequestSpec, Schema>();

/** The request for calls of `spec` with these parameters, an array: together they may take as long as each of them alone. */
export function chunkSpec(spec: RequestSpec, params: unknown): RequestSpec {
  const calls = (params as readonly unknown[]).length;
  const progress = groupSchemas.get(spec) ?? groupOf(spec.result);
  groupSchemas.set(spec, progress);
  return { ...spec, progress, result: z.null(), timeoutMs: forAll(spec.timeoutMs, calls), progressTimeoutMs: null };
}

/** A limit of one call for so many; null is none. */
export function forAll(limitMs: number | null, calls: number): number | null {
  return limitMs === null ? null : limitMs * calls;
}

function groupOf(one: Schema): z.ZodMiniType<ChunkGroup<unknown>> {
  const errors = z.array(z.strictObject({ index: z.int().check(z.minimum(0)), error: WireError }));
  return z.union([
    z.strictObject({ values: z.array(one), errors: errors.check(z.length(0)) }),
    z.strictObject({ values: z.array(z.union([one, z.null()])), errors: errors.check(z.minLength(1)) }),
  ]);
}

/** Progress of a call in a chunk would not say whose it is. */
export function noChunkOf(method: string): AsideError {
  const reason = `${method} reports progress, and calls that do are not made in chunks`;
  return new AsideError('refused', `${method} was refused: ${reason}`, {
    details: { reason },
    remedy: 'Leave out chunkSize.',
  });
}
