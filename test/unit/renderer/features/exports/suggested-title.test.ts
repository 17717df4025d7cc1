import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suggestedTitle } from '../../../../../renderer/features/exports/suggested-title.ts';

test.each([
  ['the document’s own name', 'A letter.txt', 'Dear', 'A letter'],
  ['a name with dots', 'v1.2 notes.md', '', 'v1.2 notes'],
  ['the first words of a text without a name', '', 'Once upon a time.\nThere was', 'Once upon a time'],
  ['whole words of a long line', '', `${'word '.repeat(40)}`, `${'word '.repeat(12).trim()}`],
  ['something, where there is nothing', '', '  \n ', 'Aside'],
  ['no path and no reserved characters', '', 'a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
  ['no hidden file', '', '...secret', 'secret'],
])('is %s', (_, name, text, expected) => {
  expect(suggestedTitle(name, text)).toBe(expected);
});

test('is always a name that the contract takes', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.string({ maxLength: 400 }), (name, text) => {
      const suggested = suggestedTitle(name, text);
      expect(suggested).toMatch(/^[^/\\:*?"<>|]{1,200}$/u);
    }),
  );
});
