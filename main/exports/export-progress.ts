import type { ExportProgress } from '../../protocol/model/export.ts';
import { AVERAGE_MS_PER_CHAR } from './average-pace.ts';

/** Below this nothing sensible can be said of the speed. */
const SETTLING_MS = 500;

/** As if so many characters had been measured already, at the average pace. */
const PRIOR_CHARS = 150;

/**
 * About how many characters of a segment are done when `audioMs` of it are made: hosts tell only of audio, and what was
 * `made` before tells how much of it a character takes. A segment may be the better part of a text, so without this a
 * heading before it would stand for all that was done, and the time left for hours.
 */
export function charsInto(
  charLength: number,
  audioMs: number,
  made: { readonly chars: number; readonly audioMs: number },
  rate: number,
): number {
  const msPerChar = (made.audioMs + (PRIOR_CHARS * AVERAGE_MS_PER_CHAR) / rate) / (made.chars + PRIOR_CHARS);
  return Math.min(charLength, Math.floor(audioMs / msPerChar));
}

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
