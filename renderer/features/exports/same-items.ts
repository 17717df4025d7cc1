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
function isSame(old: QueueItem, now: QueueItem): boolean {
  if (old.state.kind !== now.state.kind || old.kinds.join() !== now.kinds.join()) return false;
  if (old.keepsMarkup !== now.keepsMarkup || old.littleRoom?.neededBytes !== now.littleRoom?.neededBytes) return false;
  if ('progress' in old.state && 'progress' in now.state) {
    return old.state.progress?.audioMs === now.state.progress?.audioMs;
  }
  return true;
}
