import { describe, expect, it } from 'vitest';
import type { EspeakEvent } from '../../../../../native-host/engines/espeak/bindings.ts';
import { BoundaryLocator } from '../../../../../native-host/engines/espeak/boundary-locator.ts';

/** Events as the library gave them: `position:length`, with `s` in front for a sentence. Each is 10 ms after the last. */
function parseEvents(list: string): EspeakEvent[] {
  return list.split(' ').map((item, index) => {
    const [, sentence, position, length] = /^(s?)(\d+):(\d+)$/.exec(item) ?? [];
    return {
      kind: sentence ? 'sentence' : 'word',
      position: Number(position),
      length: Number(length),
      audioMs: index * 10,
    };
  });
}

function locate(text: string, list: string) {
  const locator = new BoundaryLocator(text, { text, breaks: [] });
  return parseEvents(list).flatMap((event) => locator.locate(event) ?? []);
}

/** What the boundaries cover. */
function slices(text: string, list: string): string[] {
  return locate(text, list).map(({ charIndex, charLength }) => text.slice(charIndex, charIndex + charLength));
}

describe('BoundaryLocator', () => {
  it('gives kind, UTF-16 range and time of each event', () => {
    expect(locate('Hello there. Bye.', 's1:0 1:5 7:5 s14:0 14:3')).toEqual([
      { kind: 'sentence', charIndex: 0, charLength: 12, atMs: 0 },
      { kind: 'word', charIndex: 0, charLength: 5, atMs: 10 },
      { kind: 'word', charIndex: 6, charLength: 5, atMs: 20 },
      { kind: 'sentence', charIndex: 13, charLength: 4, atMs: 30 },
      { kind: 'word', charIndex: 13, charLength: 3, atMs: 40 },
    ]);
  });

  it('counts an emoji as one character of the library and two of JavaScript', () => {
    expect(locate('a 😀 b', '1:1 3:1 5:1').map(({ charIndex, charLength }) => [charIndex, charLength])).toEqual([
      [0, 1],
      [2, 2],
      [5, 1],
    ]);
  });

  it.each([
    ['an apostrophe', "don't O'Brien's", '1:3 7:1', ["don't", "O'Brien's"]],
    ['a typographic apostrophe', 'don’t', '1:3', ['don’t']],
    ['hyphens', 'state-of-the-art x', '1:5 18:1', ['state-of-the-art', 'x']],
    ['a hyphen after a number', '3-day', '1:1', ['3-day']],
    ['a soft hyphen', 'soft\u00adhyphen', '1:10', ['soft\u00adhyphen']],
    ['combining marks', 'e\u0301te\u0301 cafe\u0301', '1:5 7:5', ['e\u0301te\u0301', 'cafe\u0301']],
    ['more than 31 characters', `${'a'.repeat(40)} b`, '1:31 42:1', ['a'.repeat(40), 'b']],
    ['a first part that has no event', 'iPhone', '2:5', ['iPhone']],
    ['quotation marks and so no length', '“Quoted” x', '2:0 10:1', ['Quoted', 'x']],
  ])('covers the whole of a word with %s', (_, text, events, expected) => {
    expect(slices(text, events)).toEqual(expected);
  });

  it.each([
    ['a number read as four words', '1234 lbs', '1:4 2:4 2:4 2:4 6:3', ['1234', 'lbs']],
    [
      'a number with separators',
      'for 1,234,567 x',
      '1:3 5:2 6:2 7:4 8:4 8:4 11:3 12:3 15:1',
      ['for', '1,234,567', 'x'],
    ],
    ['a number with a decimal comma', '1.234,50 am', '1:2 2:2 3:6 4:6 4:6 10:2', ['1.234,50', 'am']],
    ['an emoji of several', '👩‍👩‍👧 x', '1:5 2:5 2:5 7:1', ['👩‍👩‍👧', 'x']],
    ['camel case', 'CamelCase x', '1:5 6:4 11:1', ['CamelCase', 'x']],
    ['text of another script', 'wo мир', '1:2 4:3 4:3 4:3', ['wo', 'мир']],
  ])('reports %s once', (_, text, events, expected) => {
    expect(slices(text, events)).toEqual(expected);
  });

  it('reports each symbol that is read out', () => {
    expect(slices('$5 & more', '1:1 2:1 4:1 6:4')).toEqual(['$', '5', '&', 'more']);
  });

  it.each([
    ['at 0', 'one two', '1:3 0:0 5:3', ['one', 'two']],
    ['without a word, further back', 'Dr. Smith', '1:2 s1:0 5:5 4:0', ['Dr', 'Smith']],
    ['on nothing but space', 'a  b', '1:1 2:2 4:1', ['a', 'b']],
    ['on a punctuation mark, without length', 'a . b', '1:1 3:0 5:1', ['a', 'b']],
    ['behind the end', 'one', '1:3 4:2 900:3', ['one']],
    ['before the last one', 'one two', '5:3 1:3', ['two']],
  ])('drops an event %s', (_, text, events, expected) => {
    const words = locate(text, events).filter(({ kind }) => kind === 'word');
    expect(words.map(({ charIndex, charLength }) => text.slice(charIndex, charIndex + charLength))).toEqual(expected);
  });

  it('takes a phrase of a script without spaces as the library does, widened to whole words', () => {
    expect(slices('私は学生です。', '1:6 1:6 1:6')).toEqual(['私は学生です']);
    expect(slices('你好，世界', '1:1 2:1 4:1 5:1')).toEqual(['你好', '世界']);
  });

  it('reports a word once that was broken for the library', () => {
    const locator = new BoundaryLocator('toolong ab', { text: 'too lon g ab', breaks: [3, 6] });
    const boundaries = parseEvents('1:3 5:3 9:1 11:2').flatMap((event) => locator.locate(event) ?? []);
    expect(boundaries.map(({ charIndex, charLength }) => [charIndex, charLength])).toEqual([
      [0, 7],
      [8, 2],
    ]);
  });

  it('never lets time go back', () => {
    const locator = new BoundaryLocator('one two', { text: 'one two', breaks: [] });
    locator.locate({ kind: 'word', position: 1, length: 3, audioMs: 50 });
    expect(locator.locate({ kind: 'word', position: 5, length: 3, audioMs: 40 })?.atMs).toBe(50);
  });

  describe('of a sentence', () => {
    it('starts at its first character that is no space', () => {
      expect(locate('  \n  Hello.', 's1:0')[0]).toMatchObject({ charIndex: 5, charLength: 6 });
    });

    it('reaches over line ends, and not over blank lines', () => {
      expect(slices('One\ntwo\r\nthree\n\nFour', 's1:0')).toEqual(['One\ntwo\r\nthree']);
    });

    it('is reported once', () => {
      expect(locate('One. Two.', 's1:0 s1:0 s6:0 s6:0')).toHaveLength(2);
    });

    it('is not where there is nothing but space left', () => {
      expect(locate('One.  ', 's1:0 s5:0')).toHaveLength(1);
    });

    it('has an end also in a text without one', () => {
      expect(locate('word '.repeat(10_000), 's1:0')[0]?.charLength).toBeLessThanOrEqual(2_000);
    });
  });
});
