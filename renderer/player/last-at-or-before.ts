/**
 * Index of the last item whose `key` is at most `value`, -1 when there is none. `items` are in ascending order of
 * their key; of equal keys the last one is meant.
 */
export function lastAtOrBefore<T>(items: readonly T[], value: number, key: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (key(items[middle] as T) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
