import { type ChunkResult, forAll } from '../../protocol/contract/chunk.ts';
import { fromWireError } from '../../protocol/errors.ts';
import { inChunks } from './in-chunks.ts';
import type { PoolCallOptions } from './pool-call.ts';
import type { TaskOutcome } from './task-feed.ts';
import type { TaskInputs } from './task-inputs.ts';

/** How `map` makes calls of its inputs, and results of what becomes of them. */
export interface MapPlan {
  /** One for each call. */
  readonly inputs: TaskInputs<unknown>;
  /** What a call takes besides the options of them all. */
  optionsOf(params: unknown, options: PoolCallOptions<unknown>): PoolCallOptions<unknown>;
  /** Throws the error that ends the map. */
  take(outcome: TaskOutcome<unknown>): void;
  results(): unknown[];
}

/** A call for each input. */
export function planSingles(inputs: TaskInputs<unknown>, isSettled: boolean): MapPlan {
  const results: unknown[] = [];
  return {
    inputs,
    optionsOf: (_, options) => options,
    take: (outcome) => {
      results[outcome.index] = isSettled ? outcome : resultOf(outcome);
    },
    results: () => results,
  };
}

/** A call for so many inputs. */
export function planChunks(inputs: TaskInputs<unknown>, chunkSize: number, isSettled: boolean): MapPlan {
  const sizes: number[] = [];
  // By chunk, since one array that is filled from its far end on would become a slow one.
  const results: unknown[][] = [];
  return {
    inputs: inChunks(inputs, chunkSize),
    optionsOf: (params, { timeoutMs, ...options }) => {
      const { length } = params as readonly unknown[];
      sizes.push(length);
      return { ...options, isChunk: true, ...(timeoutMs !== undefined && { timeoutMs: forAll(timeoutMs, length) }) };
    },
    take: (outcome) => {
      const chunk = outcome as TaskOutcome<ChunkResult<unknown>>;
      const { index } = chunk;
      results[index] = isSettled ? outcomesOf(chunk, sizes[index] ?? 0, index * chunkSize) : valuesOf(chunk);
    },
    results: () => results.flat(),
  };
}

export function resultOf<R>(outcome: TaskOutcome<R>): R {
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

function valuesOf(chunk: TaskOutcome<ChunkResult<unknown>>): unknown[] {
  const { values, errors } = resultOf(chunk);
  if (errors[0]) throw fromWireError(errors[0].error);
  return [...values];
}

/** A chunk that was cut short is the fate of each of its calls. */
function outcomesOf(
  chunk: TaskOutcome<ChunkResult<unknown>>,
  calls: number,
  firstIndex: number,
): TaskOutcome<unknown>[] {
  if (chunk.status === 'rejected') {
    return Array.from({ length: calls }, (_, offset) => ({ ...chunk, index: firstIndex + offset }));
  }
  const { values, errors } = chunk.value;
  const outcomes = values.map((value, offset): TaskOutcome<unknown> => {
    return { index: firstIndex + offset, status: 'fulfilled', value };
  });
  for (const { index, error } of errors) {
    outcomes[index] = { index: firstIndex + index, status: 'rejected', reason: fromWireError(error) };
  }
  return outcomes;
}
