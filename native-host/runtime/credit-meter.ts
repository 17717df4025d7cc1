import type { CallControl } from './control-block.ts';

/** The engine's side of flow control: what may still be sent. */
export class CreditMeter {
  readonly #control: CallControl;
  readonly #onStarved: () => void;
  /** Negative while the initial credit lasts. */
  #spentBytes: number;

  /** `onStarved` is called before each wait, again after a grant that does not suffice. */
  constructor(control: CallControl, initialBytes: number, onStarved: () => void) {
    this.#control = control;
    this.#spentBytes = -initialBytes;
    this.#onStarved = onStarved;
  }

  /**
   * Takes at most `wantedBytes` (whole units, at least one) as soon as there is credit for a unit, and blocks this thread
   * until then. Returns what it took, 0 when the call was aborted.
   */
  take(wantedBytes: number, unitBytes: number): number {
    let grantedBytes = this.#control.grantedBytes;
    while (grantedBytes - this.#spentBytes < unitBytes) {
      this.#onStarved();
      if (!this.#control.waitUntilGrantedMoreThan(grantedBytes)) return 0;
      grantedBytes = this.#control.grantedBytes;
    }
    return this.#spend(wantedBytes, unitBytes, grantedBytes);
  }

  /** The same without blocking, for a call that runs on the control thread. One at a time. */
  async takeLater(wantedBytes: number, unitBytes: number): Promise<number> {
    let grantedBytes = this.#control.grantedBytes;
    while (grantedBytes - this.#spentBytes < unitBytes) {
      this.#onStarved();
      if (!(await this.#control.whenGrantedMoreThan(grantedBytes))) return 0;
      grantedBytes = this.#control.grantedBytes;
    }
    return this.#spend(wantedBytes, unitBytes, grantedBytes);
  }

  #spend(wantedBytes: number, unitBytes: number, grantedBytes: number): number {
    if (this.#control.isAborted) return 0;
    const leftUnits = Math.floor((grantedBytes - this.#spentBytes) / unitBytes);
    const takenBytes = Math.min(wantedBytes, leftUnits * unitBytes);
    this.#spentBytes += takenBytes;
    return takenBytes;
  }
}
