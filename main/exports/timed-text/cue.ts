/** What a reader or a listener sees at one time. */
export interface Cue {
  /** Whole milliseconds since the start of the file; cues come in order and never overlap. */
  readonly startMs: number;
  /** Above `startMs`; the next cue starts here or later. */
  readonly endMs: number;
  /** At least one; none is empty or has a line break in it. */
  readonly lines: readonly string[];
  /** The same on one line. Not always the lines with blanks between them: some scripts have none. */
  readonly text: string;
}

export interface CueLimits {
  /** Of one line, in UTF-16 units. A word that is longer has a line of its own. */
  readonly maxLineChars: number;
  /** Of one cue. */
  readonly maxLines: number;
}

/** What broadcasters ask for, and what fits on a telephone. */
export const DEFAULT_CUE_LIMITS: CueLimits = { maxLineChars: 42, maxLines: 2 };

/** What the head of a file can tell of the sound that it goes with. Empty: not told. */
export interface TimedTextHead {
  readonly title: string;
  readonly author: string;
  readonly durationMs: number;
}

/** Puts cues into a file's words, piece by piece as they come. */
export type TimedTextWriter = (cues: AsyncIterable<Cue>, head: TimedTextHead) => AsyncIterable<string>;
