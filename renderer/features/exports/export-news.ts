import type { ExportProgress, ExportStanding } from '../../../protocol/model/export.ts';
import { roomWarning } from './queue-words.ts';

/** A screen reader is told a few times only. */
const TOLD_PERCENT = [25, 50, 75];

/** What a screen reader is told of an export that goes on; null for what it need not hear. */
export function exportNews(before: ExportStanding, now: ExportStanding): string | null {
  const warning = before.littleRoom === null ? roomWarning(now) : null;
  if (warning !== null) return warning;
  const [was, is] = [percentOf(before.progress), percentOf(now.progress)];
  const passed = TOLD_PERCENT.findLast((percent) => was < percent && is >= percent);
  return passed === undefined ? null : `${passed} percent`;
}

/** Whole percent, never 100 before it is done. */
export function percentOf(progress: ExportProgress | null): number {
  if (!progress || progress.charsTotal === 0) return 0;
  return Math.min(99, Math.floor((progress.charsDone / progress.charsTotal) * 100));
}
