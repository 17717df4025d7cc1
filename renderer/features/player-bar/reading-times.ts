import { AVERAGE_PACE, estimateMs, type Pace } from '../../player/pace.ts';
import type { ReadingPosition } from '../../player/reading-progress.ts';

/** What the bar shows of where the reading is. */
export interface ReadingTimes {
  /** Of the text, 0 to 1. */
  readonly share: number;
  readonly elapsedMs: number;
  readonly remainingMs: number;
}

export interface IdlePlace {
  readonly cursor: number;
  readonly length: number;
  /** What Play would read instead of everything from the cursor on. */
  readonly selection: { readonly from: number; readonly to: number } | null;
  readonly rate: number;
  readonly pace?: Pace;
}

/** While something is read: where the ear is, in the part that is read. */
export function timesOfReading(
  position: ReadingPosition,
  range: { startIndex: number; endIndex: number },
): ReadingTimes {
  const length = Math.max(1, range.endIndex - range.startIndex);
  const share = Math.min(1, Math.max(0, (position.charIndex - range.startIndex) / length));
  return { share, elapsedMs: position.elapsedMs, remainingMs: position.remainingMs };
}

/** While nothing is read: where Play would begin, and about how long the rest would take. */
export function timesOfIdle({ cursor, length, selection, rate, pace = AVERAGE_PACE }: IdlePlace): ReadingTimes {
  if (selection) {
    const { from, to } = selection;
    return { share: from / length, elapsedMs: 0, remainingMs: estimateMs(pace, to - from, rate) };
  }
  // At the end of the text Play begins at its start.
  const from = cursor >= length ? 0 : cursor;
  return { share: length === 0 ? 0 : from / length, elapsedMs: 0, remainingMs: estimateMs(pace, length - from, rate) };
}
