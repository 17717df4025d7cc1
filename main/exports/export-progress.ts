import type { ExportProgress } from '../../protocol/model/export.ts';

/** Below this nothing sensible can be said of the speed. */
const SETTLING_MS = 500;

/** What can be told of an export that has run for `elapsedMs`, in which `charsDone` became `audioMs` of audio. */
export function exportProgress(
  charsDone: number,
  charsTotal: number,
  audioMs: number,
  elapsedMs: number,
): ExportProgress {
  const isKnown = elapsedMs >= SETTLING_MS && charsDone > 0;
  return {
    charsDone,
    charsTotal,
    audioMs,
    timesRealTime: isKnown ? audioMs / elapsedMs : 0,
    remainingMs: isKnown ? (elapsedMs / charsDone) * (charsTotal - charsDone) : null,
  };
}
