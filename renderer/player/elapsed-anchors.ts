import { lastAtOrBefore } from './last-at-or-before.ts';

/** A place in the text and how much audio leads from the start of the reading to it. */
interface Anchor {
  readonly charIndex: number;
  readonly elapsedMs: number;
}

/** Text between two anchors at least; a book has some thousands of them. */
const MIN_DISTANCE_CHARS = 200;

/**
 * How long the reading has been going on *at a place in the text*, so that a skip back also takes the elapsed time
 * back. What has been heard counts as it was heard; what was skipped counts as estimated.
 */
export class ElapsedAnchors {
  #anchors: Anchor[];

  constructor(startIndex: number) {
    this.#anchors = [{ charIndex: startIndex, elapsedMs: 0 }];
  }

  /** Notes that `charIndex` was reached after `elapsedMs`. */
  reached(charIndex: number, elapsedMs: number): void {
    const before = lastAtOrBefore(this.#anchors, charIndex, (anchor) => anchor.charIndex);
    const near = this.#anchors[before];
    if (near && charIndex - near.charIndex < MIN_DISTANCE_CHARS) return;
    const after = this.#anchors[before + 1];
    if (after && after.charIndex - charIndex < MIN_DISTANCE_CHARS) return;
    this.#anchors.splice(before + 1, 0, { charIndex, elapsedMs });
  }

  /** @param msPerChar the pace by which to bridge the way from the nearest known place */
  elapsedAt(charIndex: number, msPerChar: number): number {
    const before = lastAtOrBefore(this.#anchors, charIndex, (anchor) => anchor.charIndex);
    const near = this.#anchors[Math.max(0, before)];
    return near ? Math.max(0, near.elapsedMs + (charIndex - near.charIndex) * msPerChar) : 0;
  }
}
