/**
 * Who goes first: a listener who waits for the next word, then work that nobody waits for with bated breath. A number
 * places a call between or beyond them: higher goes first, `listening` is 0 and `background` is -100.
 */
export type CallPriority = 'listening' | 'background' | number;

const NAMED_RANKS = { listening: 0, background: -100 } as const;

export function rankOf(priority: CallPriority): number {
  return typeof priority === 'number' ? priority : NAMED_RANKS[priority];
}

/** What the queue needs of a call. `order` and `place` are the queue's own; both are -1 before a call comes to it. */
export interface Queueable {
  /** Higher goes first. */
  readonly rank: number;
  /** When it came to the queue first. A call that comes back takes its old place among those of its rank. */
  order: number;
  /** Where it is in the heap. */
  place: number;
}

/**
 * Calls that wait for a host: by rank, and those of one rank in order of arrival. A binary heap in which each call knows
 * its place, so that adding, taking and removing one cost O(log n), whatever waits.
 */
export class CallQueue<T extends Queueable> {
  readonly #heap: T[] = [];
  #arrivals = 0;

  get length(): number {
    return this.#heap.length;
  }

  push(call: T): void {
    if (call.order < 0) call.order = this.#arrivals++;
    this.#rise(call, this.#heap.length);
  }

  /** The one that goes next. */
  first(): T | undefined {
    return this.#heap[0];
  }

  /** Takes out a call. Does nothing when it is not there. */
  remove(call: T): void {
    const { place } = call;
    if (place < 0) return;
    call.place = -1;
    const last = this.#heap.pop();
    if (!last || last === call) return;
    this.#sink(last, place);
    this.#rise(last, last.place);
  }

  /** Takes out all, first come first. */
  drain(): T[] {
    const calls = this.#heap.splice(0).sort((a, b) => (isBefore(a, b) ? -1 : 1));
    for (const call of calls) call.place = -1;
    return calls;
  }

  #rise(call: T, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above] as T;
      if (!isBefore(call, parent)) break;
      this.#put(parent, place);
      place = above;
    }
    this.#put(call, place);
  }

  #sink(call: T, from: number): void {
    let place = from;
    for (;;) {
      const left = this.#heap[2 * place + 1];
      const right = this.#heap[2 * place + 2];
      const child = left && right && isBefore(right, left) ? right : left;
      if (!child || !isBefore(child, call)) break;
      const below = child.place;
      this.#put(child, place);
      place = below;
    }
    this.#put(call, place);
  }

  #put(call: T, place: number): void {
    this.#heap[place] = call;
    call.place = place;
  }
}

function isBefore(a: Queueable, b: Queueable): boolean {
  return a.rank === b.rank ? a.order < b.order : a.rank > b.rank;
}
