import { expect, it } from 'vitest';
import { chaptersOf } from '../../../../main/exports/chapters.ts';

const body = 'It was a dark night, and nobody was there.\n\n';
const titles = (text: string): string[] => chaptersOf(text).map(({ title }) => title);

it.each([
  ['Chapter 1', 'Chapter 1'],
  ['CHAPTER IV. The Storm', 'CHAPTER IV: The Storm'],
  ['Chapter Twenty-One', 'Chapter Twenty-One'],
  ['Chapter the First', 'Chapter the First'],
  ['Chapter 12 — “What Now?”', 'Chapter 12: “What Now?”'],
  ['Chapter 3 The Return', 'Chapter 3: The Return'],
  ['  Chapter   7:\tA   Walk  ', 'Chapter 7: A Walk'],
  ['Kapitel 3', 'Kapitel 3'],
  ['Erstes Kapitel', 'Erstes Kapitel'],
  ['3. Kapitel: Der Sturm', '3. Kapitel: Der Sturm'],
  ['Chapitre premier', 'Chapitre premier'],
  ['CHAPITRE II', 'CHAPITRE II'],
  ['Capítulo 5. La tormenta', 'Capítulo 5: La tormenta'],
  ['Глава 2. Буря', 'Глава 2: Буря'],
  ['ГЛАВА ПЕРВАЯ', 'ГЛАВА ПЕРВАЯ'],
  ['Rozdział 4', 'Rozdział 4'],
  ['第1章', '第1章'],
  ['第十二回 风雨', '第十二回: 风雨'],
  ['제 3 장', '제 3 장'],
  ['Part One', 'Part One'],
  ['Book II: The Sea', 'Book II: The Sea'],
  ['Prologue', 'Prologue'],
  ['Épilogue', 'Épilogue'],
  ['プロローグ', 'プロローグ'],
])('takes the line %j for the heading %j', (line, title) => {
  expect(titles(`${body}${line}\n\n${body}`)).toEqual([title]);
});

it.each([
  'Chapter 1 was the hardest to write.',
  'Chapter and verse',
  'Chapter 5, which follows, is about ships.',
  'Chapter 7. The storm came late that year, and everyone in the town was afraid of it.',
  'Part of the plan',
  'Part 2 of the plan is simple.',
  'Part I Loved Most',
  'Parting Words',
  'Partridge 1',
  'Book now',
  'Booked 2',
  'Introduction to Ships',
  'introduction',
  'chapter 2',
  'Teil des Plans',
  'Partie de campagne',
  'Глава семьи вышла из дома.',
  '第一部分我们来看看',
  'Mix 1',
  '1',
  'IV',
])('takes the line %j for no heading', (line) => {
  expect(titles(`${body}${line}\n\n${body}`)).toEqual([]);
});

it('points to the first character of the heading', () => {
  const text = `Foreword by nobody.\r\n\r\n  Chapter 1\r\n\r\n${body}Chapter 2\n${body}`;
  const starts = chaptersOf(text).map(({ charIndex }) => text.slice(charIndex, charIndex + 9));
  expect(starts).toEqual(['Chapter 1', 'Chapter 2']);
});

it('joins a title on the next line', () => {
  expect(titles(`Chapter 1\nThe Storm\n\n${body}`)).toEqual(['Chapter 1: The Storm']);
});

it('joins a title in capitals below a blank line, as old books have it', () => {
  expect(titles(`CHAPTER I.\n\nTHE STORM\n\n${body}`)).toEqual(['CHAPTER I: THE STORM']);
});

it('leaves the first paragraph to the chapter, however short', () => {
  expect(titles(`Chapter 1\n\nSilence\n\n${body}`)).toEqual(['Chapter 1']);
  expect(titles(`Chapter 1\nIt rained.\n\n${body}`)).toEqual(['Chapter 1']);
});

it('does not take a line of a paragraph for a heading', () => {
  expect(titles('This is told at length in\nChapter 3\nwhich comes later.\n\n')).toEqual([]);
  expect(titles('See what is said in\nChapter 3: The Sea\nfor the rest.\n\n')).toEqual([]);
});

it('leaves out a table of contents', () => {
  const contents = 'Contents\n\nChapter 1\nChapter 2: The Sea\n\nEpilogue\n\n';
  expect(titles(`${contents}Chapter 1\n\n${body}Chapter 2: The Sea\n\n${body}Epilogue\n\n${body}`)).toEqual([
    'Chapter 1',
    'Chapter 2: The Sea',
    'Epilogue',
  ]);
});

it('joins a part with its first chapter, so that no part is a heading alone', () => {
  expect(titles(`Part One\n\nChapter 1\n\n${body}Chapter 2\n\n${body}`)).toEqual(['Part One – Chapter 1', 'Chapter 2']);
});

it('cuts a title of lines without end, between characters', () => {
  const title =
    chaptersOf(`Part One: ${'😀 A'.repeat(20)}\n\nChapter 1: ${'😀 B'.repeat(20)}\n\n${body}`)[0]?.title ?? '';
  expect(title.length).toBeLessThanOrEqual(200);
  expect(title).not.toMatch(/[\ud800-\udbff]$/);
});

it('has no chapters in an empty text, nor in one without headings', () => {
  expect([chaptersOf(''), chaptersOf(body)]).toEqual([[], []]);
});

it('does not take the beginning of a book on one line for a heading', () => {
  expect(chaptersOf('Chapter 1 '.repeat(500_000))).toEqual([]);
});
