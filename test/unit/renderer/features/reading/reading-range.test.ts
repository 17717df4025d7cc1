import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readingRange, wordStart } from '../../../../../renderer/features/reading/reading-range.ts';

const TEXT = 'One two. Three four.';
const whole = { startIndex: 0, endIndex: TEXT.length, isSelection: false };

describe('readingRange', () => {
  test('is from the cursor to the end', () => {
    expect(readingRange(TEXT, null, 9)).toEqual({ ...whole, fromIndex: 9 });
  });

  test('starts at the beginning of the word that the cursor is in', () => {
    expect(readingRange(TEXT, null, 11)).toEqual({ ...whole, fromIndex: 9 });
  });

  test('is the selection when there is one', () => {
    const range = readingRange(TEXT, { from: 4, to: 8 }, 8);

    expect(range).toEqual({ startIndex: 4, endIndex: 8, fromIndex: 4, isSelection: true });
  });

  test('a selection of nothing but space is none', () => {
    expect(readingRange(TEXT, { from: 8, to: 9 }, 9)).toEqual({ ...whole, fromIndex: 9 });
  });

  test('is from the beginning when nothing follows the cursor, as after pasting', () => {
    expect(readingRange(`${TEXT}\n\n`, null, TEXT.length + 2)).toMatchObject({ fromIndex: 0 });
  });

  test('is null when there is nothing to read', () => {
    expect(readingRange(' \n\t', null, 1)).toBeNull();
    expect(readingRange('', null, 0)).toBeNull();
  });
});

describe('wordStart', () => {
  test.each([
    ['inside a word', 'can’t stop', 4, 0],
    ['at its first letter', 'one two', 4, 4],
    ['after its last letter', 'one two', 3, 3],
    ['with letters beyond the first plane', 'a 𝒜𝒷', 4, 2],
    ['with combining marks', 'a e\u0301te\u0301', 5, 2],
  ])('%s', (_, text, at, start) => {
    expect(wordStart(text, at)).toBe(start);
  });

  test('never goes forward, and not far back in a text without spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, at) => {
        const from = Math.min(at, text.length);
        const start = wordStart(text, from);
        expect(start).toBeLessThanOrEqual(from);
        expect(start).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(wordStart('x'.repeat(10_000), 5_000)).toBe(4_900);
  });
});
