/**
 * How fast a voice gets through a text: what remains can only be estimated from what has been made so far. The estimate
 * starts at an average voice's pace and settles as audio is measured. It is kept at rate 1, so that it survives a change
 * of the rate.
 */
export interface Pace {
  /** Milliseconds of audio a character, at rate 1. */
  readonly msPerChar: number;
  /** How many characters it rests on. */
  readonly chars: number;
}

/** 18 000 characters of English prose in 1 115.7 s: eSpeak's normal speed, 175 words a minute. */
const AVERAGE_MS_PER_CHAR = 62;
/** As if so many characters had been measured already; the first short segment must not decide alone. */
const PRIOR_CHARS = 150;
/** Older text counts for less and less: a chapter of short lines is read at another pace than one of long ones. */
const MAX_CHARS = 20_000;

export const AVERAGE_PACE: Pace = { msPerChar: AVERAGE_MS_PER_CHAR, chars: PRIOR_CHARS };

/** @param measured audio that was made at `rate` (1 = the voice's own speed) */
export function settle(pace: Pace, measured: { chars: number; ms: number }, rate: number): Pace {
  const chars = pace.chars + measured.chars;
  if (measured.chars === 0) return pace;
  const ms = pace.msPerChar * pace.chars + measured.ms * rate;
  return { msPerChar: ms / chars, chars: Math.min(chars, MAX_CHARS) };
}

/** For another voice: the same pace, but soon to be forgotten. */
export function unsettle(pace: Pace): Pace {
  return { msPerChar: pace.msPerChar, chars: PRIOR_CHARS };
}

export function estimateMs(pace: Pace, chars: number, rate: number): number {
  return (Math.max(0, chars) * pace.msPerChar) / rate;
}
