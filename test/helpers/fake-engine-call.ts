import type { EngineCall } from '../../native-host/runtime/call-module.ts';
import { ControlBlock } from '../../native-host/runtime/control-block.ts';

/** The call that a handler on the engine thread sees, with what it reported. */
export interface FakeEngineCall<Item> {
  readonly call: EngineCall<Item>;
  readonly items: Item[];
  /** Total credit granted at each time that the call starved. */
  readonly starvedAt: number[];
  /** What the control thread does when the parent cancels. */
  abort(): void;
}

/** What can be wished of the call. */
interface Parent {
  abort(): void;
  grant(bytes: number): void;
}

/**
 * `onStarved` runs before the call would block. It must grant more or abort: nobody else could, as the test and the call
 * share one thread here.
 */
export function createFakeEngineCall<Item>(
  onStarved: (parent: Parent) => void = (parent) => parent.abort(),
): FakeEngineCall<Item> {
  const block = new ControlBlock();
  const control = block.call(0);
  const parent: Parent = { abort: () => block.abort(0), grant: (bytes) => block.grant(0, bytes) };
  const items: Item[] = [];
  const starvedAt: number[] = [];
  const call: EngineCall<Item> = {
    control,
    // Cloned as between threads, so that a buffer which is handed over and still used is seen.
    progress: (item, transfer = []) => items.push(structuredClone(item, { transfer: [...transfer] })),
    starved: () => {
      starvedAt.push(control.grantedBytes);
      onStarved(parent);
    },
  };
  return { call, items, starvedAt, abort: parent.abort };
}
