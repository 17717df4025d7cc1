import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suggestedName } from '../../../../../renderer/features/exports/suggested-name.ts';

test.each([
  ['the document’s own name', 'A letter.txt', 'Dear', 'A letter.wav'],
  ['a name with dots', 'v1.2 notes.md', '', 'v1.2 notes.wav'],
  ['the first words of a text without a name', '', 'Once upon a time.\nThere was', 'Once upon a time.wav'],
  ['whole words of a long line', '', `${'word '.repeat(40)}`, `${'word '.repeat(12).trim()}.wav`],
  ['something, where there is nothing', '', '  \n ', 'Aside.wav'],
  ['no path and no reserved characters', '', 'a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j.wav'],
  ['no hidden file', '', '...secret', 'secret.wav'],
])('is %s', (_, name, text, expected) => {
  expect(suggestedName(name, text)).toBe(expected);
});

test('is always a name that the contract takes', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.string({ maxLength: 400 }), (name, text) => {
      const suggested = suggestedName(name, text);
      expect(suggested).toMatch(/^[^/\\:*?"<>|]{1,196}\.wav$/u);
    }),
  );
});
