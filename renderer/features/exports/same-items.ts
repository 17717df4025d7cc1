import type { QueueItem } from '../../../protocol/model/export-queue.ts';

/** The new items, with the old object where nothing about one has changed, so that only what did is drawn again. */
export function sameItems(before: readonly QueueItem[], now: readonly QueueItem[]): QueueItem[] {
  const known = new Map(before.map((item) => [item.id, item]));
  return now.map((item) => {
    const old = known.get(item.id);
    return old && isSame(old, item) ? old : item;
  });
}

/** Name, folder and size of an id never change, and what is over only changes its kind. */
function isSame({ state: old, littleRoom: before }: QueueItem, { state, littleRoom }: QueueItem): boolean {
  if (old.kind !== state.kind || before?.neededBytes !== littleRoom?.neededBytes) return false;
  if ('progress' in old && 'progress' in state) return old.progress?.audioMs === state.progress?.audioMs;
  return true;
}
