import { type ChunkGroup, forAll, GROUP_CALLS } from '../../protocol/contract/chunk.ts';
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
  const chunks: Chunk[] = [];
  /** Of each chunk, in pieces. */
  const results: (readonly unknown[])[][] = [];
  return {
    inputs: inChunks(inputs, chunkSize),
    optionsOf: (params, { timeoutMs, progressTimeoutMs, onAssigned, ...options }) => {
      const chunk: Chunk = { calls: (params as readonly unknown[]).length, groups: [] };
      chunks.push(chunk);
      return {
        ...options,
        isChunk: true,
        ...(timeoutMs !== undefined && { timeoutMs: forAll(timeoutMs, chunk.calls) }),
        ...(progressTimeoutMs !== undefined && {
          progressTimeoutMs: forAll(progressTimeoutMs, Math.min(chunk.calls, GROUP_CALLS)),
        }),
        onAssigned: (pid) => {
          chunk.groups = []; // of a host that died: this one begins anew
          onAssigned?.(pid);
        },
        onProgress: (group) => chunk.groups.push(group as ChunkGroup<unknown>),
      };
    },
    take: (outcome) => {
      const chunk = chunks[outcome.index] as Chunk;
      if (outcome.status === 'rejected' && !isSettled) throw outcome.reason;
      results[outcome.index] = isSettled
        ? [outcomesOf(chunk, outcome, outcome.index * chunkSize)]
        : chunk.groups.map(valuesOf);
      chunk.groups = [];
    },
    results: () => join(results.flat()),
  };
}

interface Chunk {
  readonly calls: number;
  /** What its host has said so far. */
  groups: ChunkGroup<unknown>[];
}

/** A call takes only so many arguments. */
const MAX_ARGUMENTS = 10_000;

/** Many times as fast as `flat`, and as a loop: it copies memory. */
function join(pieces: readonly (readonly unknown[])[]): unknown[] {
  if (pieces.length <= MAX_ARGUMENTS) return ([] as unknown[]).concat(...pieces);
  const joined: unknown[][] = [];
  for (let from = 0; from < pieces.length; from += MAX_ARGUMENTS)
    joined.push(join(pieces.slice(from, from + MAX_ARGUMENTS)));
  return join(joined);
}

export function resultOf<R>(outcome: TaskOutcome<R>): R {
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

function valuesOf({ values, errors }: ChunkGroup<unknown>): readonly unknown[] {
  if (errors[0]) throw fromWireError(errors[0].error);
  return values;
}

/** A chunk that was cut short is the fate of each of its calls that had not been answered. */
function outcomesOf(
  { calls, groups }: Chunk,
  whole: TaskOutcome<unknown>,
  firstIndex: number,
): readonly TaskOutcome<unknown>[] {
  const outcomes: TaskOutcome<unknown>[] = [];
  for (const { values, errors } of groups) {
    const from = outcomes.length;
    for (const value of values) outcomes.push({ index: firstIndex + outcomes.length, status: 'fulfilled', value });
    for (const { index, error } of errors) {
      const place = from + index;
      outcomes[place] = { index: firstIndex + place, status: 'rejected', reason: fromWireError(error) };
    }
  }
  if (whole.status === 'rejected') {
    while (outcomes.length < calls) outcomes.push({ ...whole, index: firstIndex + outcomes.length });
  }
  return outcomes;
}
