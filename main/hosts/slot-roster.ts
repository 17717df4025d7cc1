import { type HostState, isLive } from './host-state.ts';

/** What the roster notes of a slot. */
interface Slot {
  readonly state: HostState;
  /** A call can be given to it. */
  readonly isFree: boolean;
  /** Its host is to be replaced. */
  readonly isWorn: boolean;
}

interface Entry extends Slot {
  readonly isOnStack: boolean;
}

const UNKNOWN: Entry = { state: 'idle', isFree: false, isWorn: false, isOnStack: false };

/**
 * The slots of a pool, with the answers that it needs at each turn kept up to date change by change: a pool of 64 hosts
 * does not look at each of them for each call.
 */
export class SlotRoster<S extends Slot> {
  readonly #entries = new Map<S, Entry>();
  /** Free slots; the one that became free last is taken first, so that its caches are warm and others may rest. */
  readonly #stack: S[] = [];
  /** How many slots that are not worn are in each state. */
  readonly #fresh: Record<HostState, number> = {
    idle: 0,
    starting: 0,
    ready: 0,
    draining: 0,
    stopped: 0,
    waiting: 0,
    'gave-up': 0,
  };
  #worn = 0;
  #free = 0;

  /** Slots that are to be replaced; they are counted nowhere else but in `live`. */
  get worn(): number {
    return this.#worn;
  }

  get free(): number {
    return this.#free;
  }

  /** Slots that have a process or will have one without being asked. */
  get live(): number {
    return this.freshLive + this.#worn;
  }

  get freshLive(): number {
    const { starting, ready, draining, waiting } = this.#fresh;
    return starting + ready + draining + waiting;
  }

  /** Slots in a state, without those that are worn. */
  fresh(state: HostState): number {
    return this.#fresh[state];
  }

  all(): S[] {
    return [...this.#entries.keys()];
  }

  add(slot: S): void {
    this.#entries.set(slot, UNKNOWN);
    this.#fresh.idle += 1;
    this.refresh(slot);
  }

  remove(slot: S): void {
    const entry = this.#entries.get(slot);
    if (!entry || !this.#entries.delete(slot)) return;
    this.#count(entry, -1);
    if (entry.isOnStack) this.#stack.splice(this.#stack.indexOf(slot), 1);
  }

  /** Notes how a slot is now. A slot that is not in here is none of its business. */
  refresh(slot: S): void {
    const before = this.#entries.get(slot);
    if (!before) return;
    const { state, isFree } = slot;
    const isWorn = slot.isWorn && isLive(state);
    if (isFree && !before.isOnStack) this.#stack.push(slot);
    const entry = { state, isFree, isWorn, isOnStack: isFree || before.isOnStack };
    this.#entries.set(slot, entry);
    this.#count(before, -1);
    this.#count(entry, 1);
  }

  /** Takes a free slot; it counts as free until it is refreshed. */
  takeFree(): S | undefined {
    for (let slot = this.#stack.pop(); slot; slot = this.#stack.pop()) {
      this.#entries.set(slot, { ...(this.#entries.get(slot) ?? UNKNOWN), isOnStack: false });
      if (slot.isFree) return slot; // not one whose host has just died
    }
    return undefined;
  }

  #count({ state, isFree, isWorn }: Entry, by: 1 | -1): void {
    if (isWorn) this.#worn += by;
    else this.#fresh[state] += by;
    if (isFree) this.#free += by;
  }
}
