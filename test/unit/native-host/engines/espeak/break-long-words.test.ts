import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLongWords, WORD_BREAK } from '../../../../../native-host/engines/espeak/break-long-words.ts';

const MAX_WORD_BYTES = 144;

/** The most that the library can make of a word; see `bytesInBuffer`. */
function bytesOf(word: string): number {
  const grown = word.replace(/[\0-\u07ff]/g, '$&$&').replace(/[\uac00-\ud7a3]/g, 'x'.repeat(9));
  return Buffer.byteLength(grown);
}

describe('breakLongWords', () => {
  it.each([
    ['no text', ''],
    ['a long word', 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'],
    ['an address', 'https://example.com/an/address?of=average&length=like#this'],
    ['Japanese', '今日はとても良い天気なので、友達と一緒に公園へ散歩に行こうと思っています。'],
    ['Korean', '그럼에도불구하고우리는'],
    ['a long text of short words', 'a '.repeat(5_000)],
  ])('leaves %s as it is', (_, text) => {
    expect(breakLongWords(text)).toEqual({ text, breaks: [] });
  });

  it('breaks a word that is nothing but letters where it gets too long', () => {
    const { text, breaks } = breakLongWords(`See ${'x'.repeat(180)}.`);
    expect(breaks).toEqual([4 + 72, 4 + 144]);
    expect(text).toBe(`See ${['x'.repeat(72), 'x'.repeat(72), 'x'.repeat(36)].join(WORD_BREAK)}.`);
  });

  it('breaks behind a separator rather than in a word or where a sentence would end', () => {
    const { text } = breakLongWords('/a.directory'.repeat(20));
    for (const piece of text.split(WORD_BREAK).slice(0, -1)) expect(piece).toMatch(/\/$/);
  });

  it('breaks between words rather than in a word, in a script without spaces', () => {
    const word = 'สวัสดี';
    for (const piece of breakLongWords(word.repeat(40)).text.split(WORD_BREAK)) expect(piece).toMatch(/^(สวัสดี)+$/);
  });

  it.each([
    ['Hangul', '각', 16],
    ['Cyrillic', 'я', 36],
    ['Devanagari', 'क', 48],
  ])('breaks %s sooner, since it takes more room', (_, character, length) => {
    expect(breakLongWords(character.repeat(length)).breaks).toEqual([]);
    expect(breakLongWords(character.repeat(length + 1)).breaks).toEqual([length]);
  });

  it.each(['a.', 'a .', 'a. ', 'a\n. '])('breaks an abbreviation of many %j', (letter) => {
    for (const piece of breakLongWords(letter.repeat(200)).text.split(WORD_BREAK)) {
      expect(bytesOf(piece)).toBeLessThanOrEqual(MAX_WORD_BYTES);
    }
  });

  it('says where it put breaks, and puts nothing else in and takes nothing out', () => {
    const unit = fc.constantFrom('x', 'é', '世', '각', '😀', '.', '/', "'", '、', ' ', '\n');
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 600, size: 'max' }), (units) => {
        const original = units.join('');
        const { text, breaks } = breakLongWords(original);
        const pieces = [0, ...breaks].map((start, piece) => original.slice(start, breaks[piece]));
        expect(pieces.join(WORD_BREAK)).toBe(text);
        for (const word of text.split(/[\s\u200b]/)) {
          for (const run of word.split('、')) expect(bytesOf(run)).toBeLessThanOrEqual(MAX_WORD_BYTES);
        }
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it('takes a megabyte without a space', () => {
    const { text, breaks } = breakLongWords('x'.repeat(1_000_000));
    expect(text.length).toBe(1_000_000 + breaks.length);
  });
});
