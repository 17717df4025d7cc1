import { cancelled } from '../../protocol/contract/call.ts';
import { type ChunkResult, GROUP_CALLS } from '../../protocol/contract/chunk.ts';
import { toWireError, type WireError } from '../../protocol/errors.ts';
import type { CallControl } from './control-block.ts';

/**
 * Makes the calls of a chunk one after the other, and gives away what they bring in groups, but for the last, which it
 * returns. It returns that itself when no call waited for anything: a promise for each of a million would cost more than
 * they do. Stops with `request-cancelled` between two calls.
 */
export function runChunk(
  method: string,
  params: readonly unknown[],
  control: CallControl,
  callOne: (params: unknown) => unknown,
  onGroup: (group: ChunkResult<unknown>) => void,
): ChunkResult<unknown> | Promise<ChunkResult<unknown>> {
  let values: unknown[] = [];
  let errors: { index: number; error: WireError }[] = [];
  let begun = 0;
  const fail = (error: unknown): void => {
    errors.push({ index: values.length, error: toWireError(error) });
    values.push(null);
  };

  const giveAway = (): void => {
    onGroup({ values, errors });
    values = [];
    errors = [];
  };

  /** Goes on until a call waits for something. */
  function goOn(): ChunkResult<unknown> | Promise<ChunkResult<unknown>> {
    while (begun < params.length) {
      if (control.isAborted) throw cancelled(method);
      if (values.length === GROUP_CALLS) giveAway();
      try {
        const value = callOne(params[begun++]);
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
