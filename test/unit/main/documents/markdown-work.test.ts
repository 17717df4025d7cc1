import { expect, test } from 'vitest';
import { MAX_WORK, workOf } from '../../../../main/documents/markdown-work.ts';

test('is about its length where people wrote it', () => {
  const chapter = `# A *title*\n\n${'Some words of a book, and [a link](http://a.example). '.repeat(100)}\n\n- one\n- two\n\n`;
  const work = workOf(chapter);
  expect(work).toBeGreaterThanOrEqual(chapter.length);
  expect(work).toBeLessThan(chapter.length * 1.1);
  expect(MAX_WORK / work).toBeGreaterThan(1_000);
});

test('grows with the square of what may open or close something', () => {
  const [some, twice] = ['*a_'.repeat(2_000), '*a_'.repeat(4_000)];
  expect(workOf(twice) / workOf(some)).toBeGreaterThan(3);
});

test('counts the items of lists, not signs inside a line', () => {
  expect(workOf('- a\n'.repeat(1_000))).toBeGreaterThan(workOf('a - a + 1. a\n'.repeat(400)));
});
