import type { ExportQueueState, QueueItem } from '../../../protocol/model/export-queue.ts';

export interface QueueTotals {
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly waiting: number;
  /** Waiting, running or paused. */
  readonly left: number;
  /** From 0 to 1, by the sizes of the texts; 1 only when nothing is left. */
  readonly share: number;
  /** Milliseconds; null until it can be told, and when the queue stands. */
  readonly remainingMs: number | null;
}

/** What can be said of all items together. Cancelled ones count for nothing. */
export function queueTotals({ items, isRunning }: ExportQueueState): QueueTotals {
  const counted = items.filter(({ state }) => state.kind !== 'cancelled');
  const size = (some: readonly QueueItem[]): number => some.reduce((sum, item) => sum + weightOf(item), 0);
  const of = (kind: QueueItem['state']['kind']): QueueItem[] => items.filter(({ state }) => state.kind === kind);
  const whole = size(counted);
  const made = counted.reduce((sum, item) => sum + weightOf(item) * shareOf(item), 0);
  const left = counted.filter(({ state }) => state.kind !== 'done' && state.kind !== 'failed').length;
  return {
    done: of('done').length,
    failed: of('failed').length,
    cancelled: of('cancelled').length,
    waiting: of('waiting').length,
    left,
    share: left === 0 ? 1 : Math.min(0.99, made / whole),
    remainingMs: isRunning ? remainingMs(counted, whole - made) : null,
  };
}

/** How much of an item is done, from 0 to 1. A failed one has nothing left to do. */
export function shareOf({ state }: QueueItem): number {
  if (state.kind === 'done' || state.kind === 'failed') return 1;
  if ((state.kind !== 'running' && state.kind !== 'paused') || !state.progress) return 0;
  const { charsDone, charsTotal } = state.progress;
  return charsTotal === 0 ? 0 : charsDone / charsTotal;
}

/** An empty file takes some time as well. */
function weightOf({ sizeBytes }: QueueItem): number {
  return sizeBytes + 100;
}

/** As fast as what runs now. */
function remainingMs(items: readonly QueueItem[], leftWeight: number): number | null {
  const running = items.filter(({ state }) => state.kind === 'running' && state.progress?.remainingMs != null);
  let leftOfRunning = 0;
  let longestMs = 0;
  for (const item of running) {
    leftOfRunning += weightOf(item) * (1 - shareOf(item));
    if (item.state.kind === 'running') longestMs = Math.max(longestMs, item.state.progress?.remainingMs ?? 0);
  }
  return leftOfRunning > 0 ? (longestMs / leftOfRunning) * leftWeight : null;
}
