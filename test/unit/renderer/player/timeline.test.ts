import { describe, expect, test } from 'vitest';
import type { Boundary } from '../../../../protocol/model/boundary.ts';
import { Timeline } from '../../../../renderer/player/timeline.ts';

const VOICE = 'scripted:one';
const range = (charIndex: number, charLength: number) => ({ charIndex, charLength });
const word = (charIndex: number, charLength: number, atMs: number): Boundary => ({
  kind: 'word',
  charIndex,
  charLength,
  atMs,
});
const sentence = (charIndex: number, charLength: number, atMs: number): Boundary => ({
  ...word(charIndex, charLength, atMs),
  kind: 'sentence',
});

/** "One two. Six ten." in one segment at 100, then "Last." */
function twoSegments(): Timeline {
  const timeline = new Timeline();
  timeline.beginSegment({ voiceId: VOICE, range: range(100, 18), sentences: [range(100, 9), range(109, 9)] });
  timeline.addBoundaries([
    sentence(100, 8, 0),
    word(100, 3, 0),
    word(104, 3, 300),
    sentence(109, 8, 900),
    word(109, 3, 950),
    word(113, 3, 1_200),
  ]);
  timeline.addAudio(1_000);
  timeline.addAudio(800);
  timeline.endSegment();
  timeline.beginSegment({ voiceId: VOICE, range: range(118, 5), sentences: [range(118, 5)] });
  timeline.addBoundaries([sentence(118, 5, 0), word(118, 4, 20)]);
  timeline.addAudio(500);
  return timeline;
}

describe('spokenAt', () => {
  test('gives the word and the sentence that the moment is in', () => {
    const timeline = twoSegments();
    const spoken = [0, 299, 300, 949, 950, 1_799, 1_820, 5_000].map((atMs) => timeline.spokenAt(atMs));

    expect(spoken.map((at) => at?.word?.charIndex)).toEqual([100, 100, 104, 104, 109, 113, 118, 118]);
    expect(spoken.map((at) => at?.sentence?.charIndex)).toEqual([100, 100, 100, 109, 109, 109, 118, 118]);
  });

  test('counts the boundaries of a segment from the end of the audio before it', () => {
    expect(twoSegments().spokenAt(1_800)).toEqual({
      word: null,
      sentence: range(118, 5),
      charIndex: 118,
      voiceId: VOICE,
    });
  });

  test('is null before anything is known', () => {
    expect(new Timeline().spokenAt(0)).toBeNull();
  });

  test('spreads the text over the time when the voice tells no boundaries', () => {
    const timeline = new Timeline();
    timeline.beginSegment({ voiceId: VOICE, range: range(0, 10), sentences: [range(0, 5), range(5, 5)] });
    timeline.addAudio(1_000);
    timeline.endSegment();

    expect(timeline.spokenAt(100)?.sentence).toEqual(range(0, 5));
    expect(timeline.spokenAt(700)).toEqual({ word: null, sentence: range(5, 5), charIndex: 6, voiceId: VOICE });
  });

  test('ignores what a second host tells again after a retry', () => {
    const timeline = new Timeline();
    timeline.beginSegment({ voiceId: VOICE, range: range(0, 20), sentences: [range(0, 20)] });
    timeline.addBoundaries([word(0, 3, 0), word(4, 3, 300), word(8, 3, 600)]);
    timeline.addBoundaries([word(0, 3, 0), word(4, 3, 300), word(8, 3, 600), word(12, 3, 900)]);

    expect([650, 950].map((atMs) => timeline.spokenAt(atMs)?.word?.charIndex)).toEqual([8, 12]);
  });
});

describe('nextCut', () => {
  test('is the next end of a sentence', () => {
    expect(twoSegments().nextCut(100)).toEqual({ atMs: 900, charIndex: 109 });
  });

  test('is the end of the segment where no sentence ends before it', () => {
    expect(twoSegments().nextCut(1_000)).toEqual({ atMs: 1_800, charIndex: 118 });
  });

  test('is null while the sentence that is heard is not all there', () => {
    expect(twoSegments().nextCut(1_900)).toBeNull();
  });

  test('leaves out a sentence whose beginning has been told but not sent', () => {
    const timeline = new Timeline();
    timeline.beginSegment({ voiceId: VOICE, range: range(0, 20), sentences: [range(0, 10), range(10, 10)] });
    timeline.addBoundaries([sentence(0, 9, 0), sentence(10, 9, 700)]);
    timeline.addAudio(600);

    expect(timeline.nextCut(0)).toBeNull();
    timeline.addAudio(200);
    expect(timeline.nextCut(0)).toEqual({ atMs: 700, charIndex: 10 });
  });
});

test('after a truncation the text goes on from the cut', () => {
  const timeline = twoSegments();
  timeline.truncate({ atMs: 900, charIndex: 109 });
  timeline.beginSegment({ voiceId: VOICE, range: range(109, 9), sentences: [range(109, 9)] });
  timeline.addBoundaries([sentence(109, 8, 0), word(109, 3, 10)]);
  timeline.addAudio(400);

  expect(timeline.totalMs).toBe(1_300);
  expect(timeline.spokenAt(899)?.word).toEqual(range(104, 3));
  expect(timeline.spokenAt(911)?.word).toEqual(range(109, 3));
});

test('knows up to where in the text the audio is there', () => {
  const timeline = new Timeline();
  expect(timeline.knownUntil).toBeNull();
  timeline.beginSegment({ voiceId: VOICE, range: range(10, 30), sentences: [range(10, 30)] });
  timeline.addBoundaries([word(10, 3, 0), word(14, 3, 300)]);
  expect(timeline.knownUntil).toBe(14);
  timeline.addAudio(2_000);
  timeline.endSegment();
  expect(timeline.knownUntil).toBe(40);
});

test('says what a whole segment took', () => {
  const timeline = new Timeline();
  timeline.beginSegment({ voiceId: VOICE, range: range(0, 30), sentences: [range(0, 30)] });
  timeline.addAudio(700);
  timeline.addAudio(800);

  expect(timeline.endSegment()).toEqual({ chars: 30, ms: 1_500 });
});

test('forgets what was heard and keeps what is being heard', () => {
  const timeline = twoSegments();
  timeline.forgetBefore(1_900);

  expect(timeline.spokenAt(1_900)?.word).toEqual(range(118, 4));
  expect(timeline.spokenAt(100)?.sentence).toEqual(range(118, 5));
});
