import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stripMarkdown } from '../../../../main/documents/strip-markdown.ts';

const strip = (markdown: string): string => stripMarkdown(markdown).text;
const lines = (...parts: string[]): string => parts.join('\n');

describe('what is read out', () => {
  test.each<[what: string, markdown: string, text: string]>([
    ['headings of both kinds', '# One\n\nTwo\n===\n\n### Three ###', 'One\n\nTwo\n\nThree'],
    ['paragraphs, a line end inside as a space', 'one\ntwo\n\nthree', 'one two\n\nthree'],
    ['no space at a line end between ideographs', '今日は\n良い天気', '今日は良い天気'],
    ['a space at a line end between Hangul', '오늘\n날씨', '오늘 날씨'],
    ['hard breaks as line ends', 'one  \ntwo\\\nthree<br>\nfour', 'one\ntwo\nthree\nfour'],
    ['emphasis without its marks', '*a* **b** ***c*** _d_ ~~e~~ 2 * 3 * 4', 'a b c d e 2 * 3 * 4'],
    ['links by their text', '[here](http://a.example "t"), <http://b.example>', 'here, http://b.example'],
    ['links by reference', '[one][r], [r], [R][], [not one][x]\n\n[r]: http://a.example', 'one, r, R, [not one][x]'],
    ['images by their alternative text', '![a *cat*](c.png) ![](d.png)![e][r]\n\n[r]: e.png', 'a cat e'],
    ['inline code as it is', 'call `f(*x*)` now', 'call f(*x*) now'],
    ['fenced code as it is', '```js\nlet a = *b*;\n\n// c\n```', 'let a = *b*;\n\n// c'],
    ['indented code as it is', 'x\n\n    a\n      b', 'x\n\na\n  b'],
    ['list items on lines of their own', '- a\n- b\n  - c\n* * *\n+ d', 'a\nb\nc\n\nd'],
    ['items with paragraphs apart', '- a\n\n  b\n- c', 'a\n\nb\n\nc'],
    ['numbers of ordered lists', '3. c\n4. d\n9. e', '3. c\n4. d\n5. e'],
    ['task lists without boxes', '- [x] done\n- [ ] open', 'done\nopen'],
    ['tables row by row', '| A | B |\n|:-:|---|\n| 1 | *2* |\n|   | 3 |', 'A, B\n1, 2\n3'],
    ['quotes without marks', '> a\n> b\n>\n> > c', 'a b\n\nc'],
    ['footnotes at their place', 'Word[^1] more.\n\n[^1]: The *note*.', 'Word more.\n\nThe note.'],
    ['entities and escapes as characters', '&amp; &copy; &#x41; \\*a\\*', '& © A *a*'],
    ['nothing for a thematic break', 'a\n\n***\n\nb', 'a\n\nb'],
    ['plain text as it is', 'Just a line.', 'Just a line.'],
    ['nothing for nothing', ' \n\n ', ''],
  ])('%s', (_what, markdown, text) => {
    expect(strip(markdown)).toBe(text);
  });

  test('the text of HTML blocks without tags, comments, scripts and styles', () => {
    const html = lines(
      '<div align="center">',
      '<p>Fish &amp; <b>chips</b></p><!-- secret -->',
      '</div>',
      '',
      '<script>',
      'let hidden = 1;',
      '</script>',
      '',
      'a <i title="x">b</i> c<!-- d -->',
    );
    expect(strip(html)).toBe('Fish & chips\n\na b c');
  });
});

describe('front matter', () => {
  test.each([
    ['YAML', '---\ntitle: A: b\ntags:\n  - c\n---\n\n# Text'],
    ['YAML that ends in dots', '---\ntitle: x\n...\nText'],
    ['TOML', '+++\ntitle = "x"\n+++\nText'],
    ['YAML and nothing before the text', '---\ntitle: x\n---\nText'],
  ])('%s is not read', (_kind, markdown) => {
    expect(strip(markdown)).toBe('Text');
  });

  test('a thematic break at the start is none', () => {
    expect(strip('---\n\nText with: colon\n\n---\n\nMore')).toBe('Text with: colon\n\nMore');
  });

  test('one that does not end is text', () => {
    expect(strip('---\ntitle: x\n\nText')).toBe('title: x\n\nText');
  });
});

describe('long documents, which are parsed in pieces', () => {
  const filler = (count: number): string => 'A sentence that fills the page.\n\n'.repeat(count);

  test('come out as short ones do', () => {
    const section = lines(
      '# A *title*',
      '',
      'one',
      'two',
      '',
      '- a',
      '- b',
      '',
      '> q',
      '',
      '```',
      'x',
      '',
      'y',
      '```',
      '',
      '',
    );
    const once = strip(section);
    expect(strip(section.repeat(500))).toBe(Array(500).fill(once).join('\n\n'));
  });

  test('know references that are defined far away', () => {
    const text = strip(`See [this][far].\n\n${filler(1_000)}[Far]: http://a.example\n`);
    expect(text.slice(0, 12)).toBe('See this.\n\nA');
  });

  test('read a footnote once, where it stands', () => {
    const text = strip(`See[^n] this.\n\n${filler(1_000)}[^n]: The note.\n`);
    expect(text.slice(0, 13)).toBe('See this.\n\nA ');
    expect(text.match(/The note/g)).toHaveLength(1);
    expect(text.endsWith('The note.')).toBe(true);
  });

  test('keep code as it is in a block longer than a piece', () => {
    const code = '*not emphasis* # not a heading\n\n'.repeat(1_000).trimEnd();
    expect(strip(`\`\`\`\n${code}\n\`\`\`\n\nafter`).replace(/\n+/g, '\n')).toBe(
      `${code.replace(/\n+/g, '\n')}\nafter`,
    );
  });

  test('leave out a comment longer than a piece', () => {
    expect(strip(`before\n\n<!--\n${filler(1_000)}-->\n\nafter`)).toBe('before\n\nafter');
  });

  test('go on after an opening of a comment inside a line', () => {
    expect(strip(`Use \`<!--\` for it.\n\n${filler(500)}The end.`).endsWith('The end.')).toBe(true);
  });

  test('may be one line without any line end', () => {
    const words = 'word *word* '.repeat(5_000);
    expect(strip(words)).toBe('word word '.repeat(5_000).trimEnd());
  });

  test('may be one word without any space', () => {
    expect(strip('x'.repeat(100_000))).toBe('x'.repeat(100_000));
  });

  test('may be one paragraph of many lines', () => {
    expect(strip('some words\n'.repeat(4_000)).replaceAll('\n', ' ')).toBe('some words '.repeat(4_000).trimEnd());
  });
});

describe('text that no one meant', () => {
  test.each([
    ['quotes nested without end', '>'.repeat(50_000), {}],
    ['lists nested without end', `${'- '.repeat(50_000)}x`, { x: 1 }],
    ['brackets', '['.repeat(20_000), {}],
    ['emphasis that never closes', '*a **b '.repeat(2_000), { a: 2_000, b: 2_000 }],
    ['emphasis nested deeply', `${'*a '.repeat(1_000)}${'b* '.repeat(1_000)}`, { a: 1_000, b: 1_000 }],
    ['back quotes of every length', Array.from({ length: 300 }, (_, i) => '`'.repeat(i)).join(' '), {}],
    ['tags that never close', '<div>\n'.repeat(5_000), {}],
    ['a comment that never closes', '<!--\n'.repeat(5_000), {}],
  ])('%s do not fail and lose no words', (_what, markdown, words: Record<string, number>) => {
    const text = strip(`${markdown}\n\n`);
    const counts = Object.keys(words).map((word) => [word, text.split(new RegExp(`\\b${word}\\b`)).length - 1]);
    expect(Object.fromEntries(counts)).toEqual(words);
  });

  test('anything at all does not throw', () => {
    const nasty = fc.array(
      fc.constantFrom(
        '> ',
        '- ',
        '1. ',
        '    ',
        '\t',
        '```',
        '~~~',
        '\n',
        '\n\n',
        '[',
        ']',
        '(',
        ')',
        '[^',
        ']:',
        '![',
        '|',
        '-|-',
        '*',
        '_',
        '~~',
        '<',
        '<!--',
        '-->',
        '&',
        ';',
        '\\',
        '#',
        '---',
        ' ',
        'word',
        '語',
        '\ud800',
        'http://a.b',
        '<b>',
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        expect(strip(parts.join(''))).toBeTypeOf('string');
      }),
      { numRuns: 500 },
    );
  });

  test('words without any markup come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}[a-z,.]$/), { minLength: 1 }), (words) => {
        expect(strip(words.join(' '))).toBe(words.join(' '));
      }),
    );
  });

  test('what is more than the most work stays as it is, and that is told', () => {
    const section = '# *Title*\n\n'.repeat(2_000);
    const { text, keepsMarkup } = stripMarkdown(section, 80_000);
    expect(text.startsWith('Title\n\nTitle')).toBe(true);
    expect(text.endsWith('# *Title*\n\n# *Title*')).toBe(true);
    expect(keepsMarkup).toBe(true);
    expect(stripMarkdown(section).keepsMarkup).toBe(false);
  });

  test('how much is taken out depends on the text alone', () => {
    const section = '# *Title*\n\n- one\n- two\n\n'.repeat(2_000);
    const once = stripMarkdown(section, 30_000);
    const busy = performance.now;
    performance.now = () => busy.call(performance) * 1e6; // as if the machine were a million times slower
    try {
      expect(stripMarkdown(section, 30_000)).toEqual(once);
    } finally {
      performance.now = busy;
    }
  });
});
