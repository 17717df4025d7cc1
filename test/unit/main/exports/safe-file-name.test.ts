import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from '../../../../main/exports/safe-file-name.ts';

test.each([
  ['Chapter 1.wav', 'Chapter 1.wav'],
  ['../../etc/passwd', 'etc passwd'],
  ['C:\\Windows\\x.wav', 'C Windows x.wav'],
  ['a/b.wav', 'a b.wav'],
  ['.bashrc', 'bashrc'],
  ['name. . .', 'name'],
  ['what? "this" <now>|*.wav', 'what this now .wav'],
  ['line\nbreak\u0000.wav', 'line break .wav'],
  ['cod\u202egpj.wav', 'cod gpj.wav'],
  ['\ud800.wav', 'wav'],
  ['con', '_con'],
  ['LPT1.wav', '_LPT1.wav'],
  ['console.wav', 'console.wav'],
  ['می‌خواهم.wav', 'می‌خواهم.wav'],
  ['👩‍🚀.wav', '👩‍🚀.wav'],
  ['...', 'speech'],
  ['', 'speech'],
])('%j becomes %j', (name, expected) => {
  expect(safeFileName(name)).toBe(expected);
});

test('a long name keeps its extension and whole characters', () => {
  const name = safeFileName(`${'😀'.repeat(200)}.wav`);

  expect(name).toBe(`${'😀'.repeat(59)}.wav`);
});

test('any name becomes one that is a single, visible, not too long file name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const safe = safeFileName(name);
      expect(safe).not.toMatch(/[/\\:\p{Cc}\p{Cs}]|^\.|^\s|[\s.]$|^$/u);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(240);
      expect(safeFileName(safe)).toBe(safe);
    }),
  );
});
