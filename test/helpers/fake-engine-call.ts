import type { EngineCall } from '../../native-host/runtime/call-module.ts';
import { ControlBlock } from '../../native-host/runtime/control-block.ts';

/** The call that a handler on the engine thread sees, with what it reported. */
export interface FakeEngineCall<Item> {
  readonly call: EngineCall<Item>;
  readonly items: Item[];
  /** Total credit granted at each time that the call starved. */
  readonly starvedAt: number[];
}

/**
 * `onStarved` runs before the call would block. It must grant more or abort: nobody else could, as the test and the call
 * share one thread here.
 */
export function createFakeEngineCall<Item>(
  onStarved: (control: ControlBlock) => void = (control) => control.abort(),
): FakeEngineCall<Item> {
  const control = new ControlBlock();
  const items: Item[] = [];
  const starvedAt: number[] = [];
  const call: EngineCall<Item> = {
    control,
    // Cloned as between threads, so that a buffer which is handed over and still used is seen.
    progress: (item, transfer = []) => items.push(structuredClone(item, { transfer: [...transfer] })),
    starved: () => {
      starvedAt.push(control.grantedBytes);
      onStarved(control);
    },
  };
  return { call, items, starvedAt };
}
