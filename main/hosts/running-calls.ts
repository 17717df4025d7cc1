/** The calls that run now, and the least rank among them without looking at each. */
export class RunningCalls<T extends { readonly rank: number }> {
  readonly #calls = new Set<T>();
  /** How many of each rank. Ranks are few, or at most as many as hosts. */
  readonly #ranks = new Map<number, number>();

  get size(): number {
    return this.#calls.size;
  }

  /** Infinity when nothing runs. */
  get lowestRank(): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (const rank of this.#ranks.keys()) lowest = Math.min(lowest, rank);
    return lowest;
  }

  add(call: T): void {
    this.#calls.add(call);
    this.#ranks.set(call.rank, (this.#ranks.get(call.rank) ?? 0) + 1);
  }

  /** False when it was not there. */
  delete(call: T): boolean {
    if (!this.#calls.delete(call)) return false;
    const others = (this.#ranks.get(call.rank) ?? 1) - 1;
    if (others > 0) this.#ranks.set(call.rank, others);
    else this.#ranks.delete(call.rank);
    return true;
  }

  all(): T[] {
    return [...this.#calls];
  }
}
