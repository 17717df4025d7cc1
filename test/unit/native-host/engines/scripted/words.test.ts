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

  it('finds every word of one long line', () => {
    const line = 'word '.repeat(40_000);
    const found = [...pieces(line)].filter(({ kind }) => kind === 'word');
    expect(found.map(({ charIndex, charLength }) => [charIndex, charLength])).toEqual(
      Array.from({ length: 40_000 }, (_, i) => [i * 5, 4]),
    );
  });

  it('does not cut through a surrogate pair in a long text without gaps', () => {
    const text = '𝒜'.repeat(5_001);
    expect([...pieces(text)].filter(({ charIndex, charLength }) => charIndex % 2 || charLength % 2)).toEqual([]);
    expect(cut(`a${text}`).filter((piece) => /\p{Surrogate}/u.test(piece))).toEqual([]);
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
