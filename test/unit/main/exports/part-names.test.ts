import { basename, extname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstPartOf, partPath, stemsOfFirstPart, stemsOfParts } from '../../../../main/exports/part-names.ts';

it.each([
  ['book.mp3', { number: 1, of: 3 }, 'book-01.mp3'],
  ['book.mp3', { number: 7, of: 120 }, 'book-007.mp3'],
  ['book.mp3', { number: 7 }, 'book-007.mp3'],
  ['book.mp3', { number: 2, of: 3, title: 'The Storm' }, 'book-02 The Storm.mp3'],
  ['book.mp3', { number: 2, of: 3, title: 'What? A/B: "Yes".' }, 'book-02 What A B Yes.mp3'],
  ['my: book.v2.ogg', { number: 2, of: 3, title: ' \n' }, 'my: book.v2-02.ogg'],
  ['book', { number: 1, of: 1 }, 'book-01'],
])('calls part %#  of %j so', (target, part, name) => {
  expect(partPath(join('out', target), part)).toBe(join('out', name));
});

it('makes names that sort in order, fit on every disk and keep the extension, whatever the title', () => {
  const title = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z😀é]{1,300}$/u),
      title,
      title,
      fc.integer({ min: 1, max: 98 }),
      (stem, a, b, number) => {
        const first = partPath(`/x/${stem}.mp3`, { number, of: 99, title: a });
        const second = partPath(`/x/${stem}.mp3`, { number: number + 1, of: 99, title: b });
        expect(first < second).toBe(true);
        expect(Buffer.byteLength(basename(first))).toBeLessThanOrEqual(240);
        expect(extname(first)).toBe('.mp3');
        expect(join('/x', basename(first))).toBe(first);
      },
    ),
  );
});

it('finds the first part of a series by its stem, whatever target and title', () => {
  const words = fc.stringMatching(/^[a-z01 .-]{1,260}$/u);
  fc.assert(
    fc.property(
      words,
      fc.constantFrom('', '.mp3'),
      words,
      fc.constantFrom(1, undefined),
      (stem, extension, title, of) => {
        const target = `/x/${stem}${extension}`;
        const name = basename(partPath(target, { number: 1, of, title }));
        expect(firstPartOf(target)(name)).toBe(true);
        expect(stemsOfFirstPart(name).some((found) => stemsOfParts(target).has(found))).toBe(true);
      },
    ),
  );
});

it('takes no other part for the first', () => {
  expect(['book-02.mp3', 'book-01x.mp3', 'book-11.mp3', 'books-01.mp3'].filter(firstPartOf('book.mp3'))).toEqual([]);
});
