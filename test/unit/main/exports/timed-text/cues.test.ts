import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cue, CueLimits } from '../../../../../main/exports/timed-text/cue.ts';
import { cuesOf } from '../../../../../main/exports/timed-text/cues.ts';
import type { Boundary } from '../../../../../protocol/model/boundary.ts';
import { difficultText } from '../../../../helpers/difficult-text.ts';
import { boundariesOf, collected, inTurn } from '../../../../helpers/spoken-text.ts';

const DEFAULT: CueLimits = { maxLineChars: 42, maxLines: 2 };

async function cues(text: string, limits = DEFAULT, spoken = boundariesOf(text)): Promise<Cue[]> {
  return collected(cuesOf(inTurn(spoken.boundaries), text, spoken.durationMs, limits));
}

const linesOf = async (text: string, limits?: CueLimits) => (await cues(text, limits)).map(({ lines }) => lines);
const solid = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, '');

const proseText = fc
  .array(
    fc.constantFrom(
      'the',
      'storm',
      'came,',
      'at',
      'night;',
      'and',
      '“Where?”',
      'home.',
      'Nobody',
      'knew!\n',
      '—',
      '你好世界。',
      'مرحبا',
    ),
    {
      maxLength: 200,
    },
  )
  .map((parts) => parts.join(' '));
const limits = fc.record({ maxLineChars: fc.integer({ min: 12, max: 80 }), maxLines: fc.integer({ min: 1, max: 3 }) });

describe('cues of any text', () => {
  it('never overlap, are never empty, and end within the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(proseText, difficultText), limits, async (text, limit) => {
        const spoken = boundariesOf(text);
        let lastEndMs = 0;
        for (const { startMs, endMs, lines } of await cues(text, limit, spoken)) {
          expect(startMs).toBeGreaterThanOrEqual(lastEndMs);
          expect(endMs).toBeGreaterThan(startMs);
          expect(endMs).toBeLessThanOrEqual(Math.max(1, spoken.durationMs));
          expect(lines.map((line) => line.trim() === '' || /[\r\n]/.test(line))).toEqual(lines.map(() => false));
          lastEndMs = endMs;
        }
      }),
    );
  });

  it('hold every word once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(proseText, difficultText), limits, async (text, limit) => {
        const spoken = boundariesOf(text);
        const shown = (await cues(text, limit, spoken)).map((cue) => cue.text);
        let rest = solid(shown.join(''));
        for (const { kind, charIndex, charLength } of spoken.boundaries) {
          if (kind !== 'word') continue;
          const word = solid(text.slice(charIndex, charIndex + charLength));
          const index = rest.indexOf(word);
          expect(index).toBeGreaterThanOrEqual(0);
          rest = rest.slice(index + word.length);
        }
        expect(solid(shown.join('')).length).toBeLessThanOrEqual(solid(text).length);
      }),
    );
  });

  it('have the time of their first word', async () => {
    await fc.assert(
      fc.asyncProperty(proseText, limits, async (text, limit) => {
        const spoken = boundariesOf(text);
        const times = new Set(spoken.boundaries.map(({ atMs }) => atMs));
        for (const { startMs } of await cues(text, limit, spoken)) expect(times).toContain(startMs);
      }),
    );
  });

  it('keep the limits, but for a word that is longer than a line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(proseText, difficultText), limits, async (text, limit) => {
        for (const { lines } of await cues(text, limit)) {
          expect(lines.length).toBeLessThanOrEqual(limit.maxLines);
          for (const line of lines) if (line.length > limit.maxLineChars) expect(line).not.toMatch(/\s/);
        }
      }),
    );
  });

  it('say the same on one line as on several', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(proseText, difficultText), async (text) => {
        for (const { lines, text: line } of await cues(text)) expect(solid(lines.join(''))).toBe(solid(line));
      }),
    );
  });

  it('hold words of one sentence only', async () => {
    await fc.assert(
      fc.asyncProperty(proseText, limits, async (text, limit) => {
        const spoken = boundariesOf(text);
        const firstWords = spoken.boundaries.filter((_, index) => spoken.boundaries[index - 1]?.kind === 'sentence');
        const starts = firstWords.map(({ atMs }) => atMs);
        for (const { startMs, endMs } of await cues(text, limit, spoken)) {
          expect(starts.filter((atMs) => atMs > startMs && atMs < endMs)).toEqual([]);
        }
      }),
    );
  });

  it('survive boundaries that no engine should tell', async () => {
    const boundary = fc.record({
      kind: fc.constantFrom('word' as const, 'sentence' as const),
      charIndex: fc.nat({ max: 60 }),
      charLength: fc.nat({ max: 20 }),
      atMs: fc.nat({ max: 100 }),
    });
    await fc.assert(
      fc.asyncProperty(proseText, fc.array(boundary, { maxLength: 30 }), async (text, boundaries: Boundary[]) => {
        boundaries.sort((a, b) => a.atMs - b.atMs);
        let lastEndMs = 0;
        for (const { startMs, endMs, lines } of await cues(text, DEFAULT, { boundaries, durationMs: 100 })) {
          expect([startMs >= lastEndMs, endMs > startMs, lines.every((line) => line !== '')]).toEqual([
            true,
            true,
            true,
          ]);
          lastEndMs = endMs;
        }
      }),
    );
  });
});

it('shows short sentences one by one', async () => {
  expect(await linesOf('It rained. “Who is there?” he asked.')).toEqual([
    ['It rained.'],
    ['“Who is there?”'],
    ['he asked.'],
  ]);
});

it('cuts a long sentence after punctuation, and leaves no word alone', async () => {
  const text =
    'When the storm had passed and the sea lay still again, nobody in the little harbour could say where the boats were gone.';
  expect(await linesOf(text)).toEqual([
    ['When the storm had passed', 'and the sea lay still again,'],
    ['nobody in the little harbour could', 'say where the boats were gone.'],
  ]);
});

it('keeps what opens a sentence, though engines tell of its first word only', async () => {
  const text =
    '“Are you there?” he asked. ‘Yes,’ she said. (In a whisper.) "Straight quotes" too. ¿Qué? «Oui» he said.';
  const { boundaries, durationMs } = boundariesOf(text);
  const firstWords = boundaries.map((boundary) => {
    const opening = /^[^\p{L}]*/u.exec(text.slice(boundary.charIndex))?.[0].length ?? 0;
    const { charIndex, charLength } = boundary;
    return { ...boundary, charIndex: charIndex + opening, charLength: charLength - opening };
  });
  const cues = await collected(cuesOf(inTurn(firstWords), text, durationMs));
  expect(cues.map((cue) => cue.text).join(' ')).toBe(text);
});

it('reads a line break inside a sentence as a blank', async () => {
  const text = 'the sea\r\nlay still';
  const boundaries: Boundary[] = ['the', 'sea', 'lay', 'still'].map((word, index) => ({
    kind: 'word',
    charIndex: text.indexOf(word),
    charLength: word.length,
    atMs: index * 100,
  }));
  const found = await cues(text, DEFAULT, { boundaries, durationMs: 400 });
  expect(found.map(({ lines }) => lines)).toEqual([['the sea lay still']]);
});

it('keeps an opening bracket with what it opens, and a closing one with what it closes', async () => {
  expect(await linesOf('They said (loudly) “no”.', { maxLineChars: 12, maxLines: 1 })).toEqual([
    ['They said'],
    ['(loudly)'],
    ['“no”.'],
  ]);
});

it('cuts a text without blanks between its words', async () => {
  const text = '我们昨天晚上在海边看见了一条很大的船然后我们回家了';
  const found = await linesOf(text, { maxLineChars: 10, maxLines: 1 });
  expect(found.flat().join('')).toBe(text);
  expect(Math.max(...found.flat().map((line) => line.length))).toBeLessThanOrEqual(10);
});

it('cuts what an engine tells of as one word, in proportion of time', async () => {
  const text = '我们昨天晚上在海边看见了一条很大的船然后我们回家了。';
  const boundaries: Boundary[] = [{ kind: 'sentence', charIndex: 0, charLength: text.length, atMs: 0 }];
  const found = await cues(text, { maxLineChars: 13, maxLines: 1 }, { boundaries, durationMs: text.length * 100 });
  expect(found.map(({ startMs, text: line }) => [startMs, line])).toEqual(
    found.map(({ text: line }) => [text.indexOf(line) * 100, line]),
  );
  expect(found.length).toBeGreaterThan(1);
});

it('ends with its sentence in a pause, a second after the last word', async () => {
  const text = 'It rained. Then nobody came.';
  const [first, second] = await cues(text, DEFAULT, boundariesOf(text, { msPerChar: 100, pauseMs: 30_000 }));
  expect(first?.endMs).toBeGreaterThan(1_000);
  expect(first?.endMs).toBeLessThan(3_000);
  expect(second?.startMs).toBe(31_100);
});

it('shows nothing for a row of stars between two scenes, nor for an empty text', async () => {
  expect(await linesOf('It rained.\n\n* * *\n\nNobody came.')).toEqual([['It rained.'], ['Nobody came.']]);
  expect(await linesOf('')).toEqual([]);
});

it('finds the sentences where an engine tells of words only', async () => {
  const text = 'It rained. Nobody came!\n\nA heading\n\nThe end';
  const { boundaries, durationMs } = boundariesOf(text);
  const onlyWords = boundaries.filter(({ kind }) => kind === 'word');
  const found = await cues(text, DEFAULT, { boundaries: onlyWords, durationMs });
  expect(found.map(({ text: line }) => line)).toEqual(['It rained.', 'Nobody came!', 'A heading', 'The end']);
});

it('asks for no more boundaries than the next cue needs', async () => {
  let asked = 0;
  async function* endless(): AsyncGenerator<Boundary> {
    for (;;) yield { kind: 'word', charIndex: asked * 5, charLength: 4, atMs: asked++ * 100 };
  }
  for await (const cue of cuesOf(endless(), 'word '.repeat(10_000), 1_000_000)) {
    if (cue.startMs > 10_000) break;
  }
  expect(asked).toBeLessThan(10_000 / 100 + 150);
});
