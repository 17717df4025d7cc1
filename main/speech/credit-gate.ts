/** A byte budget that one side grants and the other spends. */
export class CreditGate {
  #availableBytes: number;
  #onGrant: (bytes: number) => void = () => {};

  constructor(initialBytes: number) {
    this.#availableBytes = initialBytes;
  }

  /** May be negative for a moment: what was on its way when a host died has been spent all the same. */
  get availableBytes(): number {
    return this.#availableBytes;
  }

  grant(bytes: number): void {
    this.#availableBytes += bytes;
    this.#onGrant(bytes);
  }

  spend(bytes: number): void {
    this.#availableBytes -= bytes;
  }

  /** Passes each further grant on. One listener at a time. */
  forward(listener: (bytes: number) => void): void {
    this.#onGrant = listener;
  }

  /** Resolves when there is something to spend; rejects with the signal's reason when that is aborted first. */
  async wait(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#availableBytes > 0) return;
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      this.forward(() => {
        if (this.#availableBytes <= 0) return;
        signal.removeEventListener('abort', onAbort);
        this.forward(() => {});
        resolve();
      });
    });
  }
}
