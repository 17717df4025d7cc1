import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Span, TextLocator } from '../../../../native-host/engines/text-locator.ts';

const GREEK = 'αβγδεζηθικλμνξοπρστυφχψω';

/** The same text in letters that are told apart by Unicode's rules alone, never by a shorter look. */
const inGreek = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => GREEK.charAt((letter.toLowerCase().charCodeAt(0) - 97) % GREEK.length));

/** What is found where words begin and end, and at places inside of them, in order. */
function found(text: string, places: readonly number[]): (Span | undefined)[] {
  const locator = new TextLocator(text);
  return places.map((place) => locator.word(place, Math.min(text.length, place + 3)));
}

const piece = fc.oneof(
  fc.stringMatching(/^[A-Za-z]{1,12}$/),
  fc.constantFrom(' ', '\n', '.', ',', ':', "'", '’', '-', '_', '7', '·', '\u0301', '\u200d', '\ufeff', '“', ')', '😀'),
);

it('finds the same words whatever letters they are of', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(60), { maxLength: 12 }), (pieces, somewhere) => {
      const text = pieces.join('');
      const places = somewhere.map((place) => Math.min(place, text.length)).toSorted((a, b) => a - b);
      expect(found(text, places)).toEqual(found(inGreek(text), places));
    }),
    { numRuns: 3_000 },
  );
});

it('finds a word that is longer than a stretch of the text that is looked at', () => {
  const text = `${'x'.repeat(300)} y`;
  expect(new TextLocator(text).word(0, 3)).toEqual(new TextLocator(inGreek(text)).word(0, 3));
});

it.each([
  ['at the end', 'one two', 4, { start: 4, end: 7 }],
  ['before a full stop', 'one two. Three', 4, { start: 4, end: 7 }],
  ['with a hyphen', 'well-known', 0, { start: 0, end: 10 }],
  ['with an apostrophe', 'don’t go', 0, { start: 0, end: 5 }],
  ['with a full stop inside', 'e.g. this', 0, { start: 0, end: 3 }],
  ['with a combining mark', 'cafe\u0301 au lait', 0, { start: 0, end: 5 }],
])('finds a word %s', (_, text, place, span) => {
  expect(new TextLocator(text).word(place, place + 3)).toEqual(span);
});
