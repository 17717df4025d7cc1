import { cancelled } from '../../protocol/contract/call.ts';
import type { ChunkResult } from '../../protocol/contract/chunk.ts';
import { toWireError, type WireError } from '../../protocol/errors.ts';
import type { CallControl } from './control-block.ts';

/**
 * Makes the calls of a chunk one after the other. It returns the result itself when no call waited for anything: a
 * promise for each of a million would cost more than they do. Stops with `request-cancelled` between two calls.
 */
export function runChunk(
  method: string,
  params: readonly unknown[],
  control: CallControl,
  callOne: (params: unknown) => unknown,
): ChunkResult<unknown> | Promise<ChunkResult<unknown>> {
  const values: unknown[] = [];
  const errors: { index: number; error: WireError }[] = [];
  const fail = (error: unknown): void => {
    errors.push({ index: values.length, error: toWireError(error) });
    values.push(null);
  };

  /** Goes on until a call waits for something. */
  function goOn(): ChunkResult<unknown> | Promise<ChunkResult<unknown>> {
    while (values.length < params.length) {
      if (control.isAborted) throw cancelled(method);
      try {
        const value = callOne(params[values.length]);
        if (value instanceof Promise) return value.then((settled) => void values.push(settled), fail).then(goOn);
        values.push(value);
      } catch (error) {
        fail(error);
      }
    }
    return { values, errors };
  }
  return goOn();
}
