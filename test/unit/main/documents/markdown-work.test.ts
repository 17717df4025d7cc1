import { expect, test } from 'vitest';
import { MAX_WORK, workOf } from '../../../../main/documents/markdown-work.ts';

test('is about its length where people wrote it', () => {
  const chapter = `# A *title*\n\n${'Some words of a book, and [a link](http://a.example). '.repeat(100)}\n\n- one\n- two\n\n`;
  const work = workOf(chapter);
  expect(work).toBeGreaterThanOrEqual(chapter.length);
  expect(work).toBeLessThan(chapter.length * 1.2);
  expect(MAX_WORK / work).toBeGreaterThan(1_000);
});

test('grows with the square of what may open or close something', () => {
  const [some, twice] = ['*a_'.repeat(2_000), '*a_'.repeat(4_000)];
  expect(workOf(twice) / workOf(some)).toBeGreaterThan(3);
});

test('counts the items of lists, not signs inside a line', () => {
  expect(workOf('- a\n'.repeat(1_000))).toBeGreaterThan(workOf('a - a + 1. a\n'.repeat(400)));
});

// What these take was measured; counted by their length alone they took a hundred times as long.
test.each([
  ['underlined headings', 'a\n=\n'.repeat(4_000), 400_000],
  ['ends of labels', ']'.repeat(16_000), 800_000],
  ['cells of a table', 'a|b\n'.repeat(4_000), 70_000],
  ['headings', '# a\n'.repeat(4_000), 50_000],
  ['paragraphs', 'a\n\n'.repeat(5_000), 100_000],
])('counts %s', (_, markdown, atLeast) => {
  expect(workOf(markdown)).toBeGreaterThan(atLeast);
});
