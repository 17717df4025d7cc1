import type { Boundary } from '../../protocol/model/boundary.ts';
import { lastAtOrBefore } from './last-at-or-before.ts';
import {
  type Cut,
  createSegmentTrack,
  nextCutIn,
  type SegmentStart,
  type SegmentTrack,
  type Spoken,
  spokenIn,
  truncateTrack,
} from './segment-track.ts';

/**
 * Which text the buffered audio says, by time. Time is milliseconds of audio since the timeline was begun; audio of one
 * segment follows that of the one before it.
 */
export class Timeline {
  #segments: SegmentTrack[] = [];
  #totalMs = 0;

  /** All audio so far. */
  get totalMs(): number {
    return this.#totalMs;
  }

  beginSegment(segment: SegmentStart): void {
    this.#segments.push(createSegmentTrack(segment, this.#totalMs));
  }

  /** `atMs` of the boundaries counts from the first sample of the segment that was begun last. */
  addBoundaries(boundaries: readonly Boundary[]): void {
    const track = this.#segments.at(-1);
    if (!track) return;
    for (const { kind, charIndex, charLength, atMs } of boundaries) {
      if (kind !== 'word' && kind !== 'sentence') continue;
      const at = track.startMs + atMs;
      const last = track.marks.at(-1);
      // After a retry the new host tells again what the dead one had told.
      if (last && at < last.atMs) continue;
      track.marks.push({ kind, charIndex, charLength, atMs: at });
    }
  }

  addAudio(durationMs: number): void {
    this.#totalMs += durationMs;
  }

  /** All audio of the segment that was begun last is there. Returns how long it is and how many characters it says. */
  endSegment(): { chars: number; ms: number } {
    const track = this.#segments.at(-1);
    if (!track) return { chars: 0, ms: 0 };
    track.endMs = this.#totalMs;
    return { chars: track.range.charLength, ms: track.endMs - track.startMs };
  }

  /** null before the first segment. */
  spokenAt(atMs: number): Spoken | null {
    const index = lastAtOrBefore(this.#segments, atMs, (track) => track.startMs);
    const track = this.#segments[Math.max(0, index)];
    return track ? spokenIn(track, atMs) : null;
  }

  /**
   * The first place after `atMs` where the reading can be handed over: where a sentence ends whose audio is all there.
   * null while there is none yet.
   */
  nextCut(atMs: number): Cut | null {
    for (const track of this.#segments) {
      const cut = nextCutIn(track, atMs, this.#totalMs);
      if (cut) return cut;
    }
    return null;
  }

  /** Forgets what comes after `cut`. */
  truncate({ atMs, charIndex }: Cut): void {
    this.#segments = this.#segments.filter((track) => track.startMs < atMs);
    const last = this.#segments.pop();
    if (last) this.#segments.push(truncateTrack(last, { atMs, charIndex }));
    this.#totalMs = Math.min(this.#totalMs, atMs);
  }

  /** The position in the text up to which the audio is known; null before the first segment. */
  get knownUntil(): number | null {
    const last = this.#segments.at(-1);
    if (!last) return null;
    if (last.endMs !== null) return last.range.charIndex + last.range.charLength;
    return last.marks.at(-1)?.charIndex ?? last.range.charIndex; // on its way: what has been told of it
  }

  /** Drops segments that ended before `atMs`, so that a long reading does not grow. */
  forgetBefore(atMs: number): void {
    while (this.#segments.length > 1 && (this.#segments[1] as SegmentTrack).startMs <= atMs) this.#segments.shift();
  }
}
