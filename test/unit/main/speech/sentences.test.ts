import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SENTENCE_CHARS, sentenceAt, sentencesOf } from '../../../../main/speech/sentences.ts';

const pieces = (text: string, language = 'en'): string[] =>
  [...sentencesOf(text, 0, text.length, language)].map(({ charIndex, charLength }) =>
    text.slice(charIndex, charIndex + charLength),
  );

describe('sentencesOf', () => {
  it('cuts at sentence ends and leaves white space with the sentence before it', () => {
    expect(pieces('One is here.  Two is there! Three?')).toEqual(['One is here.  ', 'Two is there! ', 'Three?']);
  });

  it('does not end a sentence at an abbreviation or an initial', () => {
    expect(pieces('Mr. Smith met J. R. Hale. They spoke.')).toEqual(['Mr. Smith met J. R. Hale. ', 'They spoke.']);
  });

  it('reads over the line breaks of a hard-wrapped paragraph', () => {
    const wrapped = 'It was the best of times, it was the worst of times, it\nwas the age of wisdom. And so on.';
    expect(pieces(wrapped)).toEqual([
      'It was the best of times, it was the worst of times, it\nwas the age of wisdom. ',
      'And so on.',
    ]);
  });

  it('reads over CRLF line breaks as it does over LF', () => {
    const wrapped = 'It was the best of times, it was the worst of times, it\r\nwas the age of wisdom. And so on.';
    expect(pieces(wrapped)[0]).toBe(
      'It was the best of times, it was the worst of times, it\r\nwas the age of wisdom. ',
    );
  });

  it('ends a sentence at a heading, a list item and a blank line', () => {
    expect(pieces('Chapter 1\n\nSoon\n- milk\n- bread\n')).toEqual([
      'Chapter 1\n\n',
      'Soon\n',
      '- milk\n',
      '- bread\n',
    ]);
  });

  it('finds sentences in scripts that have no spaces between them', () => {
    expect(pieces('我喜欢读书。你呢？', 'zh')).toEqual(['我喜欢读书。', '你呢？']);
  });

  it('gives leading white space to the first sentence', () => {
    expect(pieces('\n\n  Hello there.')).toEqual(['\n\n  Hello there.']);
  });

  it('finds nothing in an empty range', () => {
    expect([...sentencesOf('Hello.', 3, 3, 'en')]).toEqual([]);
  });

  it('cuts a sentence without end at clauses, then at white space', () => {
    const clause = `${'word '.repeat(80).trimEnd()}, `;
    const cut = pieces(clause.repeat(4));
    expect(cut[0]).toBe(clause);
    expect(pieces('word '.repeat(300)).every((piece) => piece.endsWith(' '))).toBe(true);
  });

  it('covers any text without gaps or overlap, in pieces that are never empty and never too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 6_000, minLength: 1 }), (text) => {
        expect(pieces(text).join('')).toBe(text);
        for (const piece of pieces(text)) {
          expect(piece.length).toBeGreaterThan(0);
          expect(piece.length).toBeLessThanOrEqual(MAX_SENTENCE_CHARS);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('never cuts a surrogate pair, also in a megabyte without a break', () => {
    const text = `a${'😀'.repeat(500_000)}`;
    let end = 0;
    for (const { charIndex, charLength } of sentencesOf(text, 0, text.length, 'en')) {
      expect(charIndex).toBe(end);
      end = charIndex + charLength;
      expect(text.charCodeAt(end - 1) & 0xfc00).not.toBe(0xd800);
    }
    expect(end).toBe(text.length);
  });

  it('takes a language that Intl does not know', () => {
    expect(pieces('One. Two.', 'x-klingon')).toEqual(['One. ', 'Two.']);
  });
});

describe('sentenceAt', () => {
  const text = 'First one. Second one. Third one.\n\nNew paragraph. Its end.';

  it.each([
    [0, 'First one. '],
    [12, 'Second one. '],
    [40, 'New paragraph. '],
    [text.length, 'Its end.'],
  ])('finds the sentence around %i', (charIndex, expected) => {
    const { charIndex: start, charLength } = sentenceAt(text, charIndex, 'en');
    expect(text.slice(start, start + charLength)).toBe(expected);
  });

  it('contains the position that was asked for, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 500 }), fc.nat(), (any, position) => {
        const at = position % any.length;
        const found = sentenceAt(any, at, 'en');
        expect(found.charIndex).toBeLessThanOrEqual(at);
        expect(found.charIndex + found.charLength).toBeGreaterThan(at);
      }),
    );
  });
});
