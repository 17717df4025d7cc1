import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextPositions } from '../../../../../native-host/engines/espeak/text-positions.ts';

/** Where each code point of a well-formed text starts, and where the text ends. */
function codePointStarts(text: string): number[] {
  let index = 0;
  return [0, ...Array.from(text, (character) => (index += character.length))];
}

describe('TextPositions', () => {
  it('finds each code point of a text with surrogate pairs', () => {
    const positions = new TextPositions('a😀b𝒳');
    expect([0, 1, 2, 3, 4].map((index) => positions.toUtf16(index))).toEqual([0, 1, 3, 4, 6]);
  });

  it.each(['', 'plain', 'a😀'])('clamps positions to the text %j', (text) => {
    const positions = new TextPositions(text);
    expect([positions.toUtf16(99), positions.toUtf16(-99)]).toEqual([text.length, 0]);
  });

  it('finds any code points in any order', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '世', '😀', '𝒳'), maxLength: 50 });
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 60 })), (text, indices) => {
        const starts = codePointStarts(text);
        const positions = new TextPositions(text);
        const expected = indices.map((index) => starts[index] ?? text.length);
        expect(indices.map((index) => positions.toUtf16(index))).toEqual(expected);
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});
