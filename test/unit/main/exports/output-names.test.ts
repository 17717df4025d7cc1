import { join } from 'node:path';
import { expect, it } from 'vitest';
import { outputNames } from '../../../../main/exports/output-names.ts';

/** What becomes of each input: a path, or why not. */
function plan(inputs: string[], outDir: string, extension = '.wav') {
  return outputNames(inputs, outDir, extension).map((output) =>
    'path' in output ? output.path : [output.error.details.reason, output.error.message],
  );
}

it('puts each input into the folder under its own name', () => {
  expect(plan(['a/x.txt', 'a/My: Book.v2.md', 'a/plain'], 'out')).toEqual([
    join('out', 'x.wav'),
    join('out', 'My: Book.v2.wav'),
    join('out', 'plain.wav'),
  ]);
});

it.each([
  ['the same name in two folders', 'a/x.txt', 'b/x.txt'],
  ['two extensions', 'a/x.txt', 'a/x.md'],
  ['another case', 'a/x.txt', 'b/X.TXT'],
  ['a sharp s', 'a/straße.txt', 'b/STRASSE.txt'],
  ['another composition of a letter', 'a/caf\u00e9.txt', 'b/cafe\u0301.txt'],
])('lets the first have a name that collides, and names both to the second: %s', (_, first, second) => {
  const [one, two] = outputNames([first, second], 'out', '.wav');
  expect(one).toHaveProperty('path');
  expect(two).toMatchObject({
    input: second,
    error: { code: 'refused', details: { reason: 'name-collides' }, message: expect.stringContaining(first) },
  });
  expect(two).toMatchObject({ error: { message: expect.stringContaining(second) } });
});

it('says so when a file is there twice', () => {
  expect(plan(['a/x.txt', 'a/../a/x.txt'], 'out')[1]).toEqual(['name-collides', 'a/../a/x.txt is there twice']);
});

it('takes the inputs’ own folder and one inside it', () => {
  expect(plan(['a/x.txt'], 'a')).toEqual([join('a', 'x.wav')]);
  expect(plan(['a/x.txt', 'a/out/y.txt'], 'a/out')).toEqual([join('a/out', 'x.wav'), join('a/out', 'y.wav')]);
});

it('never replaces an input', () => {
  expect(plan(['a/x.txt', 'a/x.wav'], 'a')).toEqual([
    ['replaces-input', 'The audio of a/x.txt would replace a/x.wav, which is to be exported as well'],
    ['replaces-input', 'The audio of a/x.wav would replace a/x.wav, which is to be exported as well'],
  ]);
});

it('never replaces an input by what is made beside the audio', () => {
  const [output] = outputNames(['a/x.srt', 'a/y.txt'], 'a', '.mp3', ['.srt']);
  expect(output).toMatchObject({ error: { details: { reason: 'replaces-input' } } });
});

it('shortens a name that no disk takes, between characters', () => {
  const [output] = outputNames([`a/${'😀'.repeat(63)}.txt`], 'out', '.flac');
  expect(output).toHaveProperty('path', join('out', `${'😀'.repeat(58)}.flac`));
});
