import type { ExportQueueState } from '../../../protocol/model/export-queue.ts';
import { queueTotals } from './queue-totals.ts';
import { queueSummary, roomWarning } from './queue-words.ts';

/** A screen reader is told a few times only. */
const TOLD_PERCENT = [25, 50, 75];

/** What a screen reader is told of a change: the end of a run, what failed, and how far it is; null for all else. */
export function queueNews(before: ExportQueueState, now: ExportQueueState): string | null {
  const totals = queueTotals(now);
  if (before.isRunning && !now.isRunning && totals.left === 0 && now.items.length > 0) {
    return `Export queue finished: ${queueSummary(totals, now.items)}`;
  }
  const hadFailed = new Set(before.items.filter(({ state }) => state.kind === 'failed').map(({ id }) => id));
  const failed = now.items.filter(({ id, state }) => state.kind === 'failed' && !hadFailed.has(id));
  // A page that has just been opened knows of none yet; what failed before is not news.
  const isNew = before.items.length > 0;
  if (isNew && failed.length === 1) return `${failed[0]?.name} was not made`;
  if (isNew && failed.length > 1) return `${failed.length} texts were not made`;
  const totalsBefore = queueTotals(before);
  const areCancelled = totals.cancelled - totalsBefore.cancelled;
  if (isNew && areCancelled > 1) return `${areCancelled} texts cancelled`;
  const hadLittleRoom = new Set(before.items.filter(roomWarning).map(({ id }) => id));
  const tight = now.items.find((item) => roomWarning(item) !== null && !hadLittleRoom.has(item.id));
  if (tight) return `${tight.name}: ${roomWarning(tight)}`;
  if (!before.isRunning || !now.isRunning) return null;
  const [was, is] = [totalsBefore.share * 100, totals.share * 100];
  const passed = TOLD_PERCENT.findLast((percent) => was < percent && is >= percent);
  return passed === undefined ? null : `Export queue: ${passed} percent`;
}
