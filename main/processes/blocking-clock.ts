/** Adds up the time in which something was the case. */
export class BlockingClock {
  readonly #now: () => number;
  #sinceMs: number | null = null;
  #totalMs = 0;

  /** @param now of a clock that only goes forward */
  constructor(now: () => number) {
    this.#now = now;
  }

  set(isBlocking: boolean): void {
    this.#add();
    this.#sinceMs = isBlocking ? this.#now() : null;
  }

  /** How long it was the case since this was asked last. */
  take(): number {
    this.#add();
    const totalMs = this.#totalMs;
    this.#totalMs = 0;
    return totalMs;
  }

  #add(): void {
    if (this.#sinceMs === null) return;
    const nowMs = this.#now();
    this.#totalMs += nowMs - this.#sinceMs;
    this.#sinceMs = nowMs;
  }
}
