import { describe, expect, it } from 'vitest';
import { pieces } from '../../../../../native-host/engines/scripted/words.ts';

function cut(text: string): string[] {
  return [...pieces(text)].map(
    ({ kind, charIndex, charLength }) => `${kind}: ${text.slice(charIndex, charIndex + charLength)}`,
  );
}

describe('pieces', () => {
  it('has each sentence before its words', () => {
    expect(cut('One two. Three!')).toEqual([
      'sentence: One two.',
      'word: One',
      'word: two',
      'sentence: Three!',
      'word: Three',
    ]);
  });

  it.each(['', ' ', '\r\n\r\n', '...', '\uD83D'])('has nothing for %j', (text) => {
    expect(cut(text)).toEqual([]);
  });

  it.each([
    ['surrogates', '𝒜𝓁𝓁 𝓌ℯ𝓁𝓁', ['𝒜𝓁𝓁', '𝓌ℯ𝓁𝓁']],
    ['combining marks', 'cafe\u0301 nai\u0308f', ['cafe\u0301', 'nai\u0308f']],
    ['right-to-left text', 'שלום עולם', ['שלום', 'עולם']],
    ['emoji', 'Hi 👩‍👩‍👧 you', ['Hi', '👩‍👩‍👧', 'you']],
    ['CRLF', 'one\r\ntwo', ['one', 'two']],
  ])('has whole words with %s', (_, text, words) => {
    expect(cut(text).filter((piece) => piece.startsWith('word'))).toEqual(words.map((word) => `word: ${word}`));
  });

  it('covers all characters of a text without spaces between words', () => {
    const text = '我们大家都很好';
    expect(
      cut(text)
        .filter((piece) => piece.startsWith('word'))
        .map((piece) => piece.slice('word: '.length))
        .join(''),
    ).toBe(text);
  });
});
