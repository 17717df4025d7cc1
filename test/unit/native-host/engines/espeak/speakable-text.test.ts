import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSpeakable } from '../../../../../native-host/engines/espeak/speakable-text.ts';

const anyUtf16 = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

describe('toSpeakable', () => {
  it('keeps every character that can be spoken where it was', () => {
    const text = 'Tab\tand line\nand CRLF\r\nä e\u0301 你好 שלום 👩‍👩‍👧 𝒳 <b> &amp; [[x]] \u00ad\u200b';
    expect(toSpeakable(text)).toBe(text);
  });

  it.each([
    ['NUL, which ends a text', 'a\0b', 'a b'],
    ['the start of a command', 'a\x01+20Sb', 'a +20Sb'],
    ['the start of phonemes', '[\x02h@l@U]]', '[ h@l@U]]'],
    ['C1 control characters', 'a\x85b\x9fc', 'a b c'],
    ["eSpeak's own marks", 'a\u0530b\u0557c', 'a b c'],
    ['the replacement character', 'caf\ufffd', 'caf '],
    ['the first half of a pair', 'a\ud83d b', 'a  b'],
    ['the second half of a pair', 'a\ude00b', 'a b'],
    ['halves in the wrong order', '\ude00\ud83d', '  '],
  ])('replaces %s by a space', (_, text, expected) => {
    expect(toSpeakable(text)).toBe(expected);
  });

  it('takes a lone carriage return for the end of a line', () => {
    expect(toSpeakable('one\rtwo\r\rthree\r\n')).toBe('one\ntwo\n\nthree\r\n');
  });

  it('keeps length and code points of any text, so that positions stay', () => {
    fc.assert(
      fc.property(anyUtf16, (text) => {
        const speakable = toSpeakable(text);
        expect([speakable.length, [...speakable].length]).toEqual([text.length, [...text].length]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('leaves nothing in any text that UTF-8 cannot hold or the library takes for a command', () => {
    fc.assert(
      fc.property(anyUtf16, (text) => {
        const speakable = toSpeakable(text);
        expect(Buffer.from(speakable).toString()).toBe(speakable);
        expect(speakable).not.toMatch(/[^\P{Cc}\t\n\r]/u);
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
