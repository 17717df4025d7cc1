import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPORTING, LISTENING, type Segment, segmentsOf } from '../../../../main/speech/segments.ts';

const segment = (text: string, limits = LISTENING): Segment[] => [
  ...segmentsOf(text, { startIndex: 0, endIndex: text.length }, 'en', limits),
];
const slices = (text: string, segments: Segment[]): string[] =>
  segments.map(({ charIndex, charLength }) => text.slice(charIndex, charIndex + charLength));

describe('segmentsOf', () => {
  it('begins with a single sentence, so that speech starts soon', () => {
    const text = 'One. Two. Three. Four.';
    expect(slices(text, segment(text))).toEqual(['One. ', 'Two. Three. Four.']);
  });

  it('ends after a line without punctuation, so that the voice pauses there', () => {
    const text = 'Start.\nA heading\n\nSome text. More text.';
    expect(slices(text, segment(text))).toEqual(['Start.\n', 'A heading\n\n', 'Some text. More text.']);
  });

  it('fills segments with whole sentences up to the limit', () => {
    const text = 'This sentence has forty characters in all. '.repeat(50);
    for (const { charLength, sentences } of segment(text)) {
      expect(charLength).toBeLessThanOrEqual(LISTENING.maxChars);
      expect(sentences.reduce((sum, sentence) => sum + sentence.charLength, 0)).toBe(charLength);
    }
  });

  it('makes fewer segments for files than for listening', () => {
    const text = 'This sentence has forty characters in all. '.repeat(200);
    expect(segment(text, EXPORTING).length).toBeLessThan(segment(text).length / 4);
  });

  it('covers any text in order, without gaps, numbered from 0', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ mode: 'sentences', maxCount: 6 }), { minLength: 1 }), (paragraphs) => {
        const text = paragraphs.join('\n\n');
        const segments = segment(text);
        expect(slices(text, segments).join('')).toBe(text);
        expect(segments.map(({ index }) => index)).toEqual(segments.map((_, index) => index));
      }),
    );
  });

  it('looks only at the range, with positions in the whole text', () => {
    const text = 'Skip this. Read this. Not this.';
    const found = [...segmentsOf(text, { startIndex: 11, endIndex: 22 }, 'en', LISTENING)];
    expect(slices(text, found)).toEqual(['Read this. ']);
  });
});

it('makes no segment of white space alone, however much there is', () => {
  const text = `Words.${'\n'.repeat(50_000)}More words.`;
  const segments = segment(text);
  expect(slices(text, segments).map((slice) => slice.trim())).toEqual(['Words.', 'More words.']);
  expect(segments.map(({ index }) => index)).toEqual([0, 1]);
});
