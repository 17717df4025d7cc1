import { CHAPTER, NUMBER, PART, UNNUMBERED } from './chapter-words.ts';

/** What a line says as a heading. */
export interface Heading {
  readonly level: 'part' | 'chapter';
  readonly label: string;
  /** Empty for a heading that says no more than its number. */
  readonly title: string;
}

/** Longer than any heading that was meant as one. */
const MAX_LINE_CHARS = 120;

const NAMED = new RegExp(`^((?:(${CHAPTER})|(?:${PART})) (${NUMBER}))(?:$|(?=[^\\p{L}\\p{N}]))(.*)$`, 'iu');
const NUMBERED = new RegExp(`^((?:\\d{1,3}\\.|${NUMBER}) (?:${CHAPTER}))(?:$|(?=[^\\p{L}\\p{N}]))(.*)$`, 'iu');
const ALONE = new RegExp(`^(${UNNUMBERED})(?=$|[.:–—-])(.*)$`, 'iu');
const EAST_ASIAN =
  /^(第[\d０-９〇零一二三四五六七八九十百千两兩]+([章回節节話话部卷篇])|제 ?\d+ ?[장부편화])(?=$|[\s:：.、])(.*)$/u;

/**
 * A line as a heading, null where it is none. `line` has no white space around it and single blanks in it. What
 * follows the number has to look like a title: after a mark, or with a capital; "Part 2 of the plan is simple." is a
 * sentence, and so is "Part I Loved Most".
 */
export function headingOf(line: string): Heading | null {
  if (line === '' || line.length > MAX_LINE_CHARS || /[,;]$/u.test(line)) return null;
  const asian = EAST_ASIAN.exec(line);
  if (asian)
    return titled(/[部卷부편]/u.test(asian[1] ?? '') ? 'part' : 'chapter', asian[1] ?? '', asian[3] ?? '', false);
  const alone = ALONE.exec(line);
  if (alone) return startsLarge(line) ? titled('chapter', alone[1] ?? '', alone[2] ?? '', true) : null;
  const named = NAMED.exec(line);
  if (named) {
    // "I" is a word as well as a number.
    const needsMark = /^[a-z]$/iu.test(named[3] ?? '');
    return startsLarge(line) ? titled(named[2] ? 'chapter' : 'part', named[1] ?? '', named[4] ?? '', needsMark) : null;
  }
  const numbered = NUMBERED.exec(line);
  return numbered && startsLarge(line) ? titled('chapter', numbered[1] ?? '', numbered[2] ?? '', true) : null;
}

/** Whether a line can be the title below a heading: short, begins large, and does not end as a sentence does. */
export function isTitle(line: string): boolean {
  return line !== '' && line.length <= 80 && startsLarge(line) && !/[.,;:。，；：]["'\p{Pf}]?$/u.test(line);
}

function titled(level: Heading['level'], label: string, rest: string, needsMark: boolean): Heading | null {
  const mark = /^ ?[.:：、)–—-]+ ?/u.exec(rest)?.[0] ?? '';
  const title = rest.slice(mark.length).trim();
  if (title === '') return { level, label, title };
  if (mark.trim() === '' && needsMark) return null;
  if (!startsLarge(title) || title.length > 90) return null;
  // A full stop ends a short title now and then, and a long sentence always.
  if (/[.。]["'\p{Pf}]?$/u.test(title) && (title.length > 40 || /[a-z] (?:is|was|are|were|had|has) /u.test(title)))
    return null;
  return { level, label, title };
}

/** With a capital, a figure, or a letter of a script that has no capitals; after an opening quote or bracket too. */
function startsLarge(line: string): boolean {
  return /^[\p{Ps}\p{Pi}"'¿¡]*(?:\p{Lu}|\p{Lt}|\p{Lo}|\p{N})/u.test(line);
}
