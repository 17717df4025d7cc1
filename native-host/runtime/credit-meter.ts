import type { ControlBlock } from './control-block.ts';

/** The engine thread's side of flow control: what may still be sent. */
export class CreditMeter {
  readonly #control: ControlBlock;
  readonly #onStarved: () => void;
  /** Negative while the initial credit lasts. */
  #spentBytes: number;

  /** `onStarved` is called before each wait. */
  constructor(control: ControlBlock, initialBytes: number, onStarved: () => void) {
    this.#control = control;
    this.#spentBytes = -initialBytes;
    this.#onStarved = onStarved;
  }

  /**
   * Takes at most `wantedBytes`, in whole units, as soon as there is credit for one unit. Blocks this thread until then.
   * Returns 0 when the call was aborted.
   */
  take(wantedBytes: number, unitBytes: number): number {
    if (this.#leftBytes() < unitBytes) {
      this.#onStarved();
      if (!this.#control.waitUntilGranted(this.#spentBytes + unitBytes)) return 0;
    }
    if (this.#control.isAborted) return 0;
    const takenBytes = Math.min(wantedBytes, Math.floor(this.#leftBytes() / unitBytes) * unitBytes);
    this.#spentBytes += takenBytes;
    return takenBytes;
  }

  #leftBytes(): number {
    return this.#control.grantedBytes - this.#spentBytes;
  }
}
