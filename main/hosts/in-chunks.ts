import type { TaskInputs } from './task-inputs.ts';

/** The inputs, so many at a time; the last chunk may have fewer. */
export function inChunks<P>(inputs: TaskInputs<P>, size: number): TaskInputs<readonly P[]> {
  if (Array.isArray(inputs)) return slices(inputs, size);
  return Symbol.asyncIterator in inputs ? collectAsync(inputs, size) : collect(inputs, size);
}

function* slices<P>(inputs: readonly P[], size: number): Generator<readonly P[]> {
  for (let from = 0; from < inputs.length; from += size) yield inputs.slice(from, from + size);
}

function* collect<P>(inputs: Iterable<P>, size: number): Generator<readonly P[]> {
  let chunk: P[] = [];
  for (const input of inputs) {
    chunk.push(input);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

async function* collectAsync<P>(inputs: AsyncIterable<P>, size: number): AsyncGenerator<readonly P[]> {
  let chunk: P[] = [];
  for await (const input of inputs) {
    chunk.push(input);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
