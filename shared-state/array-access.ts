import type { Elements, ElementType } from './elements.ts';
import type { SharedArrayHandle } from './handle.ts';

/** How processes get at the elements: in memory that all of them see, or by messages to the process that has them. */
export type SharingKind = SharedArrayHandle['kind'];

/** What both kinds can do. Indices count elements; one that is out of range is a RangeError. */
export interface ArrayAccess<T extends ElementType> {
  /** A copy of the elements from `start` to before `end`; default: all. */
  read(start?: number, end?: number): Promise<Elements[T]>;
  /** Writes values from `start` on; default: 0. What the element type cannot hold is converted as JavaScript does. */
  write(values: ArrayLike<number>, start?: number): Promise<void>;
}

/** Changes of one element that no other process can come between. Each resolves with the value before. */
export interface AtomicAccess {
  add(index: number, delta: number): Promise<number>;
  exchange(index: number, value: number): Promise<number>;
  /** Sets `replacement` if the element is `expected`. */
  compareExchange(index: number, expected: number, replacement: number): Promise<number>;
}

interface SharedArrayBase<T extends ElementType> extends ArrayAccess<T> {
  readonly type: T;
  readonly length: number;
  /** For other processes: see `openSharedArray`. */
  readonly handle: SharedArrayHandle;
  /** Lets go. Where the array was created nobody finds it any more; who has it open in memory keeps it. Idempotent. */
  close(): void;
}

/**
 * An array of numbers that several processes share: `multiprocessing.Array`, and with length 1 `multiprocessing.Value`.
 * There is no lock that a dying process could keep: an `int32` is changed atomically, by the processor or by the one
 * process that has the elements.
 *
 * With kind `memory`, `view` is the memory itself, for `Atomics` and for blocking code. It stays valid after `close`, until
 * it is collected. Others see each element whole; of several elements they may see some before the change, some after.
 * Calls resolve without a turn of the event loop, so a loop that awaits nothing else lets nothing else happen.
 *
 * With kind `messages`, each call is one message to the process that created the array and is done there as a whole.
 */
export type SharedArray<T extends ElementType, K extends SharingKind = SharingKind> = SharedArrayBase<T> &
  (T extends 'int32' ? AtomicAccess : unknown) &
  Sharing<T, K>;

type Sharing<T extends ElementType, K extends SharingKind> = K extends 'memory'
  ? { readonly kind: K; readonly view: Elements[T] }
  : { readonly kind: K; readonly view: null };
