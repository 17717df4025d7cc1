import type { z } from '../schema.ts';

/** A schema of Zod, whichever of its two kinds it was made with: `zod`, or `zod/mini` as Aside's own are. */
export type Schema = z.core.$ZodType;

/**
 * One request: what it takes, what it answers, what it reports on the way, and how long it may take.
 * `timeoutMs` bounds the whole call, `progressTimeoutMs` the longest silence between two progress items; null means
 * unbounded. Time that the other side spends waiting for credit counts towards neither.
 */
export interface RequestSpec {
  readonly params: Schema;
  readonly result: Schema;
  readonly progress?: Schema;
  readonly timeoutMs: number | null;
  readonly progressTimeoutMs: number | null;
}

export interface Contract {
  readonly name: string;
  /** Raised by every incompatible change; hosts of another version are refused at the handshake. */
  readonly version: number;
  readonly requests: Readonly<Record<string, RequestSpec>>;
  /** One-way notices from the serving side. */
  readonly events: Readonly<Record<string, Schema>>;
}

export type Method<C extends Contract> = keyof C['requests'] & string;
export type Params<C extends Contract, M extends Method<C>> = z.input<C['requests'][M]['params']>;
export type ParsedParams<C extends Contract, M extends Method<C>> = z.output<C['requests'][M]['params']>;
export type Result<C extends Contract, M extends Method<C>> = z.output<C['requests'][M]['result']>;
export type Progress<C extends Contract, M extends Method<C>> = C['requests'][M]['progress'] extends Schema
  ? z.output<C['requests'][M]['progress']>
  : never;
export type EventName<C extends Contract> = keyof C['events'] & string;
export type EventPayload<C extends Contract, E extends EventName<C>> = z.output<C['events'][E]>;

/** Keeps the literal types of a contract. `serve` and `connect` are its only two consumers. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}
