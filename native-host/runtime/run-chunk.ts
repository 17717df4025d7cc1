import { setImmediate as nextTurn } from 'node:timers/promises';
import { cancelled } from '../../protocol/contract/call.ts';
import { type ChunkGroup, GROUP_CALLS } from '../../protocol/contract/chunk.ts';
import { toWireError, type WireError } from '../../protocol/errors.ts';
import type { CallControl } from './control-block.ts';

export interface ChunkRun {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly control: CallControl;
  callOne(params: unknown): unknown;
  /** Takes what a group of calls has brought. Throws for what cannot be sent. */
  onGroup(group: ChunkGroup<unknown>): void;
  /** The thread has other things to do: it is let go so often. null: it may be kept to the end. */
  readonly letGoEveryMs: number | null;
}

/**
 * Makes the calls of a chunk one after the other, and gives away what they bring in groups. Returns null, and no promise
 * when no call waited for anything: one for each of a million would cost more than they do. Stops with `request-cancelled`
 * between two calls.
 */
export function runChunk(run: ChunkRun): null | Promise<null> {
  const { method, params, control, letGoEveryMs } = run;
  let values: unknown[] = [];
  let errors: { index: number; error: WireError }[] = [];
  let begun = 0;
  let heldSinceMs = performance.now();

  const fail = (error: unknown): void => {
    errors.push({ index: values.length, error: toWireError(error) });
    values.push(null);
  };
  const giveAway = (): void => {
    sendGroup({ values, errors }, run.onGroup);
    values = [];
    errors = [];
  };

  /** Goes on until a call waits for something, or the thread is to be let go. */
  function goOn(): null | Promise<null> {
    while (begun < params.length) {
      if (control.isAborted) throw cancelled(method);
      if (letGoEveryMs !== null && performance.now() - heldSinceMs > letGoEveryMs) return letGo();
      if (values.length === GROUP_CALLS) giveAway();
      try {
        const value = run.callOne(params[begun++]);
        if (value instanceof Promise) return value.then((settled) => void values.push(settled), fail).then(goOn);
        values.push(value);
      } catch (error) {
        fail(error);
      }
    }
    if (values.length > 0) giveAway();
    return null;
  }
  async function letGo(): Promise<null> {
    await nextTurn();
    heldSinceMs = performance.now();
    return goOn();
  }
  return goOn();
}

/** What makes a group impossible to send is looked for in its halves: the others are none the worse for it. */
function sendGroup(group: ChunkGroup<unknown>, send: (group: ChunkGroup<unknown>) => void): void {
  try {
    send(group);
  } catch (error) {
    const { length } = group.values;
    if (length === 1) {
      send({ values: [null], errors: [{ index: 0, error: toWireError(error) }] });
      return;
    }
    sendGroup(part(group, 0, length >> 1), send);
    sendGroup(part(group, length >> 1, length), send);
  }
}

function part({ values, errors }: ChunkGroup<unknown>, from: number, to: number): ChunkGroup<unknown> {
  return {
    values: values.slice(from, to),
    errors: errors
      .filter(({ index }) => index >= from && index < to)
      .map(({ index, error }) => ({ index: index - from, error })),
  };
}
