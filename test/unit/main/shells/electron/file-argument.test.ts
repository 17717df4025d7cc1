import { expect, test } from 'vitest';
import { fileArgument, SecondStart } from '../../../../../main/shells/electron/file-argument.ts';

test.each([
  ['no file', ['/opt/aside'], null],
  ['a file', ['/opt/aside', 'book.txt'], '/home/u/book.txt'],
  ['an absolute path', ['/opt/aside', '/tmp/book.md'], '/tmp/book.md'],
  ['any extension', ['/opt/aside', 'notes.log'], '/home/u/notes.log'],
  ['switches around it', ['/opt/aside', '--no-sandbox', 'book.txt', '--lang=de'], '/home/u/book.txt'],
  ['switches only', ['/opt/aside', '--inspect=0', '-v'], null],
  ['an empty argument', ['/opt/aside', ''], null],
  ['two files, of which the first counts', ['/opt/aside', 'a.txt', 'b.txt'], '/home/u/a.txt'],
])('packaged, with %s', (_, argv, expected) => {
  expect(fileArgument(argv, '/home/u', true)).toBe(expected);
});

test.each([
  ['the app’s folder only', ['electron', '.'], null],
  ['the app’s program only', ['electron', 'dist/main/main.js'], null],
  ['a text after it', ['electron', '.', 'book.md'], '/home/u/book.md'],
  ['what a test runner adds', ['electron', '-r', 'loader.js', '--inspect=0', '.', 'Book.TXT'], '/home/u/Book.TXT'],
])('in development, with %s', (_, argv, expected) => {
  expect(fileArgument(argv, '/home/u', false)).toBe(expected);
});

test.each([[null], [{}], [{ file: 1 }], [{ file: 'x'.repeat(40_000) }], [{ file: null, more: 1 }]])(
  'what another program hands over as a second start, %j, is refused',
  (data) => {
    expect(SecondStart.safeParse(data).success).toBe(false);
  },
);
