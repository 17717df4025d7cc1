/** The calls that run now and where, and the least rank among them without looking at each. */
export class RunningCalls<T extends { readonly rank: number }, Place> {
  readonly #places = new Map<T, Place>();
  /** How many of each rank. Ranks are few, or at most as many as hosts. */
  readonly #ranks = new Map<number, number>();

  get size(): number {
    return this.#places.size;
  }

  /** Infinity when nothing runs. */
  get lowestRank(): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (const rank of this.#ranks.keys()) lowest = Math.min(lowest, rank);
    return lowest;
  }

  add(call: T, place: Place): void {
    this.#places.set(call, place);
    this.#ranks.set(call.rank, (this.#ranks.get(call.rank) ?? 0) + 1);
  }

  /** False when it was not there. */
  delete(call: T): boolean {
    if (!this.#places.delete(call)) return false;
    const others = (this.#ranks.get(call.rank) ?? 1) - 1;
    if (others > 0) this.#ranks.set(call.rank, others);
    else this.#ranks.delete(call.rank);
    return true;
  }

  all(): T[] {
    return [...this.#places.keys()];
  }

  /** Where the one runs that has been running longest, of those that `isOne` is true for. */
  longestAt(isOne: (call: T) => boolean): Place | undefined {
    for (const [call, place] of this.#places) if (isOne(call)) return place;
    return undefined;
  }
}
