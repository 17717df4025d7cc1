import type { TextRange } from '../../protocol/model/text-range.ts';
import { lastAtOrBefore } from './last-at-or-before.ts';

/** The moment at which a word or a sentence begins, in milliseconds of the timeline. */
export interface Mark {
  readonly kind: 'word' | 'sentence';
  readonly charIndex: number;
  readonly charLength: number;
  readonly atMs: number;
}

/** What the voice says at one moment, as ranges of the play's text. */
export interface Spoken {
  /** null until a word begins, and with voices that do not tell. */
  readonly word: TextRange | null;
  readonly sentence: TextRange | null;
  /** How far the reading is; the word's beginning where it is known. */
  readonly charIndex: number;
  /** Who speaks. */
  readonly voiceId: string;
}

/** One segment on the timeline. */
export interface SegmentTrack {
  readonly voiceId: string;
  readonly range: TextRange;
  /** They cover `range`, in order. */
  readonly sentences: readonly TextRange[];
  readonly startMs: number;
  /** null while its audio is still arriving. */
  endMs: number | null;
  /** In the order of `atMs`. */
  marks: Mark[];
}

/** A moment between two sentences and the position in the text that it is. */
export interface Cut {
  readonly atMs: number;
  readonly charIndex: number;
}

/** What a `segment` item tells. */
export type SegmentStart = Pick<SegmentTrack, 'range' | 'sentences' | 'voiceId'>;

export function createSegmentTrack({ range, sentences, voiceId }: SegmentStart, startMs: number): SegmentTrack {
  return { range, sentences, voiceId, startMs, endMs: null, marks: [] };
}

export function spokenIn(track: SegmentTrack, atMs: number): Spoken {
  const last = lastAtOrBefore(track.marks, atMs, (mark) => mark.atMs);
  const charIndex = track.marks[last]?.charIndex ?? charIndexByTime(track, atMs);
  const sentence = track.sentences[lastAtOrBefore(track.sentences, charIndex, (range) => range.charIndex)] ?? null;
  return { word: wordAt(track.marks, last), sentence, charIndex, voiceId: track.voiceId };
}

/** The word that `marks[index]` is, or that was said before the sentence that `marks[index]` begins. */
function wordAt(marks: readonly Mark[], index: number): TextRange | null {
  for (let i = index; i >= 0; i--) {
    const mark = marks[i];
    if (mark?.kind === 'word') return { charIndex: mark.charIndex, charLength: mark.charLength };
  }
  return null;
}

/** For voices that tell no boundaries: as if every character took the same time. */
function charIndexByTime({ range, startMs, endMs, marks }: SegmentTrack, atMs: number): number {
  if (endMs === null || endMs <= startMs || marks.length > 0) return range.charIndex;
  const share = Math.min(1, Math.max(0, (atMs - startMs) / (endMs - startMs)));
  return range.charIndex + Math.floor(share * Math.max(0, range.charLength - 1));
}

/** The first end of a sentence after `atMs` and not after `availableMs`. */
export function nextCutIn(track: SegmentTrack, atMs: number, availableMs: number): Cut | null {
  for (const sentence of track.sentences.slice(1)) {
    const end = sentence.charIndex + sentence.charLength;
    const mark = track.marks.find(({ charIndex }) => charIndex >= sentence.charIndex && charIndex < end);
    if (mark && mark.atMs > atMs && mark.atMs <= availableMs) return { atMs: mark.atMs, charIndex: sentence.charIndex };
  }
  if (track.endMs === null || track.endMs <= atMs) return null;
  return { atMs: track.endMs, charIndex: track.range.charIndex + track.range.charLength };
}

/** The part of the segment before `cut`. */
export function truncateTrack(track: SegmentTrack, cut: Cut): SegmentTrack {
  const { charIndex } = track.range;
  return {
    ...track,
    range: { charIndex, charLength: Math.max(0, Math.min(track.range.charLength, cut.charIndex - charIndex)) },
    sentences: track.sentences.filter((sentence) => sentence.charIndex < cut.charIndex),
    endMs: Math.min(track.endMs ?? cut.atMs, cut.atMs),
    marks: track.marks.filter((mark) => mark.atMs < cut.atMs),
  };
}

export function isSameSpoken(a: Spoken | null, b: Spoken | null): boolean {
  return (
    a?.charIndex === b?.charIndex &&
    a?.voiceId === b?.voiceId &&
    a?.word?.charIndex === b?.word?.charIndex &&
    a?.word?.charLength === b?.word?.charLength &&
    a?.sentence?.charIndex === b?.sentence?.charIndex &&
    a?.sentence?.charLength === b?.sentence?.charLength
  );
}
