import type { Boundary } from '../../protocol/model/boundary.ts';
import { ElapsedAnchors } from './elapsed-anchors.ts';
import { estimateMs, type Pace, settle, unsettle } from './pace.ts';
import type { Cut, SegmentStart, Spoken } from './segment-track.ts';
import { Timeline } from './timeline.ts';

/** Where the reading is. */
export interface ReadingPosition {
  /** In the play's text. */
  readonly charIndex: number;
  readonly spoken: Spoken | null;
  /** Audio from the start of the reading to here. */
  readonly elapsedMs: number;
  /** Audio from here to the end: what is buffered exactly, the rest by the measured pace. */
  readonly remainingMs: number;
}

/** What one play has received and how far in it the ear is. Knows no clock and no sound: times are told to it. */
export class ReadingProgress {
  readonly #endIndex: number;
  readonly #anchors: ElapsedAnchors;
  #timeline = new Timeline();
  #pace: Pace;
  #rate: number;
  /** Where the timeline begins. */
  #startIndex: number;
  #startElapsedMs = 0;

  constructor(startIndex: number, endIndex: number, pace: Pace, rate: number) {
    this.#startIndex = startIndex;
    this.#endIndex = endIndex;
    this.#anchors = new ElapsedAnchors(startIndex);
    this.#pace = pace;
    this.#rate = rate;
  }

  get pace(): Pace {
    return this.#pace;
  }

  get bufferedUntilMs(): number {
    return this.#timeline.totalMs;
  }

  beginSegment(segment: SegmentStart): void {
    this.arriveAt(segment.range.charIndex);
    this.#timeline.beginSegment(segment);
  }

  addBoundaries(boundaries: readonly Boundary[]): void {
    this.#timeline.addBoundaries(boundaries);
  }

  addAudio(durationMs: number): void {
    this.#timeline.addAudio(durationMs);
  }

  endSegment(): void {
    this.#pace = settle(this.#pace, this.#timeline.endSegment(), this.#rate);
  }

  /** Everything buffered was dropped; times count from 0 again. The place is about `charIndex`, `arriveAt` tells. */
  restart(charIndex: number): void {
    this.#timeline = new Timeline();
    this.arriveAt(charIndex);
  }

  /** The reading goes on at `charIndex`. Does nothing when audio of that place has come before. */
  arriveAt(charIndex: number): void {
    if (this.#timeline.knownUntil !== null) return;
    this.#startIndex = charIndex;
    this.#startElapsedMs = this.#anchors.elapsedAt(charIndex, estimateMs(this.#pace, 1, this.#rate));
  }

  nextCut(afterMs: number): Cut | null {
    return this.#timeline.nextCut(afterMs);
  }

  truncate(cut: Cut): void {
    this.#timeline.truncate(cut);
  }

  /** What comes from now on is spoken at another rate, or by another voice. */
  changeManner(rate: number, isOtherVoice: boolean): void {
    this.#rate = rate;
    if (isOtherVoice) this.#pace = unsettle(this.#pace);
  }

  at(heardMs: number): ReadingPosition {
    const spoken = this.#timeline.spokenAt(heardMs);
    const charIndex = spoken?.charIndex ?? this.#startIndex;
    const elapsedMs = this.#startElapsedMs + heardMs;
    const unknownChars = this.#endIndex - (this.#timeline.knownUntil ?? this.#startIndex);
    const bufferedMs = Math.max(0, this.#timeline.totalMs - heardMs);
    return { charIndex, spoken, elapsedMs, remainingMs: bufferedMs + estimateMs(this.#pace, unknownChars, this.#rate) };
  }

  /** Notes that the ear has come so far: later skips back find their time, and what is over is forgotten. */
  heardTo(position: ReadingPosition, heardMs: number): void {
    this.#anchors.reached(position.charIndex, position.elapsedMs);
    this.#timeline.forgetBefore(heardMs);
  }
}
