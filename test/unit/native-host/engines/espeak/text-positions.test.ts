import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextPositions } from '../../../../../native-host/engines/espeak/text-positions.ts';

const whole = (text: string) => new TextPositions({ text, breaks: [] });

describe('TextPositions', () => {
  it('finds each code point of a text with surrogate pairs', () => {
    const positions = whole('a😀b𝒳');
    expect([0, 1, 2, 3, 4].map((index) => positions.toUtf16(index))).toEqual([0, 1, 3, 4, 6]);
  });

  it('leaves out the breaks that were put in', () => {
    const positions = new TextPositions({ text: 'ab c😀 d', breaks: [2, 5] }); // was abc😀d
    const indices = [0, 1, 2, 3, 4, 5, 6, 7];
    const expected = [0, 1, 2, 2, 3, 5, 5, 6];
    expect(indices.map((index) => positions.toUtf16(index))).toEqual(expected);
    expect(indices.toReversed().map((index) => positions.toUtf16(index))).toEqual(expected.toReversed());
  });

  it.each(['', 'plain', 'a😀'])('clamps positions to the text %j', (text) => {
    const positions = whole(text);
    expect([positions.toUtf16(99), positions.toUtf16(-99)]).toEqual([text.length, 0]);
  });

  it('finds any code points in any order', () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '世', '😀', '𝒳'), minLength: 1 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(pieces, fc.array(fc.nat({ max: 60 })), (pieces, indices) => {
        const starts: number[] = [];
        let length = 0;
        const breaks: number[] = [];
        for (const piece of pieces) {
          if (length > 0) {
            starts.push(length); // of the break
            breaks.push(length);
          }
          for (const character of piece) {
            starts.push(length);
            length += character.length;
          }
        }
        const positions = new TextPositions({ text: pieces.join(' '), breaks });
        expect(indices.map((index) => positions.toUtf16(index))).toEqual(
          indices.map((index) => starts[index] ?? length),
        );
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
