import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../../main/documents/decode-text.ts';

const decode = (bytes: Uint8Array) => decodeText('a file.txt', bytes);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The opening of the Universal Declaration of Human Rights, article 1, and encodings that its language was written in. */
const PROSE: readonly (readonly [encoding: string, text: string])[] = [
  [
    'windows-1252',
    'Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison.',
  ],
  [
    'windows-1252',
    'Alle Menschen sind frei und gleich an Würde und Rechten geboren und sollen einander brüderlich begegnen.',
  ],
  ['windows-1252', '“He said it’s fine,” she wrote – and that was all there was to it.'],
  [
    'windows-1250',
    'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są obdarzeni rozumem.',
  ],
  ['windows-1251', 'Все люди рождаются свободными и равными в своем достоинстве и правах.'],
  ['KOI8-R', 'Все люди рождаются свободными и равными в своем достоинстве и правах.'],
  ['windows-1253', 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.'],
  ['windows-1254', 'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler.'],
  ['windows-1255', 'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.'],
  ['windows-1256', 'يولد جميع الناس أحراراً متساوين في الكرامة والحقوق.'],
  ['Shift_JIS', 'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。'],
  ['EUC-JP', 'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。'],
  ['GB18030', '人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。'],
  ['Big5', '人人生而自由,在尊嚴和權利上一律平等。他們賦有理性和良心,並應以兄弟關係的精神相對待。'],
  ['EUC-KR', '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.'],
];

describe('encodings', () => {
  test.each(PROSE)('a few lines in %s are read as that: %s', (encoding, text) => {
    expect(decode(iconv.encode(text, encoding))).toEqual({ text, encoding });
  });

  test.each(PROSE)('%s is found behind a long opening in ASCII: %s', (encoding, text) => {
    const long = `${'A licence in plain English comes first. '.repeat(5_000)}\n${text}`;
    expect(decode(iconv.encode(long, encoding))).toEqual({ text: long, encoding });
  });

  test.each(['café', 'Größe', 'déjà vu', '£5', 'éé', '3 × 4 = 12 °C', 'a – b', 'ß', '…'])(
    'what is too short to tell is windows-1252: %s',
    (text) => {
      expect(decode(iconv.encode(text, 'windows-1252'))).toEqual({ text, encoding: 'windows-1252' });
    },
  );

  test('valid UTF-8 is UTF-8, whatever else it could be', () => {
    expect(decode(utf8('Ça va, 日本語 😀'))).toEqual({ text: 'Ça va, 日本語 😀', encoding: 'UTF-8' });
  });

  test('UTF-8 with a damaged character stays UTF-8, with a replacement for it', () => {
    const bytes = Buffer.concat([utf8('Élève à l’école, déjà été. '), Uint8Array.of(0xe9), utf8(' Où êtes-vous ?')]);
    expect(decode(bytes)).toEqual({ text: 'Élève à l’école, déjà été. \ufffd Où êtes-vous ?', encoding: 'UTF-8' });
  });

  test('an empty file is an empty text', () => {
    expect(decode(new Uint8Array())).toEqual({ text: '', encoding: 'UTF-8' });
  });

  test('any text survives as UTF-8', () => {
    const character = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 });
    const text = fc.array(character).map((characters) => `A line of text, then: ${characters.join('')}`);
    fc.assert(
      fc.property(text, (t) => {
        expect(decode(utf8(t))).toEqual({ text: t, encoding: 'UTF-8' });
      }),
    );
  });
});

describe('byte order marks', () => {
  const text = 'Žluťoučký kůň 日本 😀\nsecond line';

  test.each(['UTF-8', 'UTF-16LE', 'UTF-16BE', 'UTF-32LE', 'UTF-32BE'])(
    'a mark says %s, and is not part of the text',
    (encoding) => {
      expect(decode(iconv.encode(`\ufeff${text}`, encoding, { addBOM: false }))).toEqual({ text, encoding });
    },
  );

  test.each(['UTF-8', 'UTF-16LE', 'UTF-16BE', 'UTF-32LE', 'UTF-32BE'])(
    'a mark of %s alone is an empty text',
    (encoding) => {
      expect(decode(iconv.encode('\ufeff', encoding, { addBOM: false }))).toEqual({ text: '', encoding });
    },
  );

  test('a mark in the middle of a text is left alone', () => {
    expect(decode(utf8('a\ufeffb')).text).toBe('a\ufeffb');
  });

  test('half a character at the end does not make UTF-16 fail', () => {
    const bytes = Buffer.concat([iconv.encode('\ufeffhello', 'UTF-16LE', { addBOM: false }), Uint8Array.of(0x41)]);
    expect(decode(bytes).text.slice(0, 5)).toBe('hello');
  });
});

describe('UTF-16 without a mark', () => {
  test.each([
    ['English', 'Plain words, nothing else.'],
    ['Russian', 'Все люди рождаются свободными. И равными.\n'],
    ['Chinese', '人人生而自由，在尊严和权利上一律平等。\r\n他们赋有理性和良心。\r\n'.repeat(5)],
    ['emoji', 'Smile 😀 please'],
  ])('%s is known in either byte order', (_language, text) => {
    for (const encoding of ['UTF-16LE', 'UTF-16BE']) {
      expect(decode(iconv.encode(text, encoding, { addBOM: false }))).toEqual({ text, encoding });
    }
  });
});

describe('tidying', () => {
  test('lines end as they do in the file, and a lone carriage return or a page break ends one too', () => {
    expect(decode(utf8('a\r\nb\nc\rd\fe\vf\r\r\n')).text).toBe('a\r\nb\nc\nd\ne\nf\n\r\n');
  });

  test('a stray control character becomes a space, a tab stays', () => {
    expect(decode(utf8('a\0b\tc\x1ad\x7f')).text).toBe('a b\tc d ');
  });

  test('positions are those of the file: no character is added or lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 40 }), (ascii) => {
        const text = `Enough text so that some odd characters are no matter: ${'word '.repeat(1_000)}${ascii}`;
        expect(decode(utf8(text)).text).toHaveLength(text.length);
      }),
    );
  });
});
