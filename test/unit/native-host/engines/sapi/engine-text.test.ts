import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEngineText, toSpeakable } from '../../../../../native-host/engines/sapi/engine-text.ts';
import { difficultText } from '../../../../helpers/difficult-text.ts';

/** Texts full of what XML is made of, and of everything else. */
const xmlPieces = fc.constantFrom(
  '<',
  '>',
  '&',
  '"',
  "'",
  ';',
  '&amp;',
  '</pitch>',
  '<?xml',
  '<![CDATA[',
  ']]>',
  '<!--',
);
const anyText = fc.oneof(
  difficultText,
  fc.array(fc.oneof(xmlPieces, fc.string({ unit: 'binary' })), { maxLength: 20 }).map((parts) => parts.join('')),
);
const anyPitch = fc.integer({ min: -10, max: 10 });

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** What an XML parser makes of it: each character that is text, and where it stands. Written for this test alone. */
function charactersIn(xml: string): { unit: string; index: number }[] {
  const found: { unit: string; index: number }[] = [];
  for (let index = 0; index < xml.length; ) {
    const unit = xml.charAt(index);
    if (unit === '<') {
      index = xml.indexOf('>', index) + 1;
      if (index === 0) throw new Error('a tag without end');
    } else if (unit === '&') {
      const end = xml.indexOf(';', index);
      const character = ENTITIES[xml.slice(index + 1, end)];
      if (character === undefined) throw new Error(`no entity: ${xml.slice(index, index + 10)}`);
      found.push({ unit: character, index });
      index = end + 1;
    } else {
      found.push({ unit, index });
      index += 1;
    }
  }
  return found;
}

describe('what SAPI is given', () => {
  it('is the very text, declared to be no markup, where there is no pitch', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const speakable = toSpeakable(text);
        expect(toEngineText(speakable, undefined, 0)).toMatchObject({ text: speakable, markup: 'none' });
      }),
    );
  });

  it('is read back by a parser as the very text, in one pitch, whatever is in it', () => {
    fc.assert(
      fc.property(anyText, anyPitch, (text, pitch) => {
        const speakable = toSpeakable(text);
        const given = toEngineText(speakable, undefined, pitch);
        const read =
          given.markup === 'none'
            ? given.text
            : charactersIn(given.text)
                .map(({ unit }) => unit)
                .join('');
        expect(read).toBe(speakable);
        if (pitch === 0) return;
        expect(given.text.match(/<[^>]*>/g)).toEqual([`<pitch absmiddle="${pitch}">`, '</pitch>']);
      }),
    );
  });

  it('has each character where it is in the text of the caller, with pitch and without', () => {
    fc.assert(
      fc.property(anyText, anyPitch, (text, pitch) => {
        const given = toEngineText(toSpeakable(text), undefined, pitch);
        const places = given.markup === 'none' ? [...given.text].map((_, i) => i) : [];
        const inXml = given.markup === 'none' ? [] : charactersIn(given.text);
        for (const index of places) expect(given.toCaller(index)).toBe(index);
        for (const [origin, { index }] of inXml.entries()) expect(given.toCaller(index)).toBe(origin);
        expect(given.toCaller(given.text.length)).toBe(text.length);
        expect(given.toCaller(-1)).toBe(0);
        expect(given.toCaller(given.text.length + 100)).toBe(text.length);
      }),
    );
  });

  it('never goes back: what stands later in it stands later, or at the same place, in the text', () => {
    fc.assert(
      fc.property(anyText, anyPitch, (text, pitch) => {
        const given = toEngineText(toSpeakable(text), undefined, pitch);
        const places = Array.from(given.text, (_, index) => given.toCaller(index));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
    );
  });

  it.each([
    ['sapi', 0, '<b>x</b>', 'sapi', 3],
    ['sapi', 4, '<pitch absmiddle="4"><b>x</b></pitch>', 'sapi', 24],
    ['ssml', 4, '<b>x</b>', 'ssml', 3],
  ] as const)("keeps a caller's %s markup at pitch %d, and its positions", (markup, pitch, text, flag, index) => {
    const given = toEngineText('<b>x</b>', markup, pitch);
    expect(given).toMatchObject({ text, markup: flag });
    expect(given.toCaller(index)).toBe(3);
  });
});

describe('speakable text', () => {
  it('is well-formed, as long as the text, and has no character that ends a text or is no XML', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const speakable = toSpeakable(text);
        expect(speakable.length).toBe(text.length);
        expect(speakable.isWellFormed()).toBe(true);
        expect(speakable).not.toMatch(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/u);
      }),
    );
  });

  it('changes nothing else', () => {
    expect(toSpeakable('a\tb\r\nc 😀 é <x> \u200b')).toBe('a\tb\r\nc 😀 é <x> \u200b');
  });
});
