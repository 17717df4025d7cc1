import type { ArrayAccess, AtomicAccess } from './array-access.ts';
import type { Elements, ElementType } from './elements.ts';

/**
 * Access to elements that this process can see. `Atomics` does on them what it does on a SharedArrayBuffer, between
 * processes too, but for `wait` and `notify`, which know only the threads of one process.
 */
export function createBufferAccess<T extends ElementType>(elements: Elements[T]): ArrayAccess<T> & AtomicAccess {
  return {
    read: async (start = 0, end = elements.length) => {
      checkRange(elements.length, start, end);
      return elements.slice(start, end) as Elements[T];
    },
    write: async (values, start = 0) => {
      checkRange(elements.length, start, start + values.length);
      elements.set(values, start);
    },
    add: async (index, delta) => Atomics.add(integers(elements), index, delta),
    exchange: async (index, value) => Atomics.exchange(integers(elements), index, value),
    compareExchange: async (index, expected, replacement) =>
      Atomics.compareExchange(integers(elements), index, expected, replacement),
  };
}

export function checkRange(length: number, start: number, end: number): void {
  const isWithin = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= length;
  if (!isWithin) throw new RangeError(`${start} to ${end} is not within the ${length} elements of the array`);
}

/** Types know that only these have atomic access; JavaScript does not. */
function integers(elements: Elements[ElementType]): Int32Array {
  if (elements instanceof Int32Array) return elements;
  throw new TypeError('only int32 elements can be changed atomically');
}
