import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import subsrt from 'subsrt-ts';
import { afterAll, describe, expect, it } from 'vitest';
import type { Cue } from '../../../../../main/exports/timed-text/cue.ts';
import { cuesOf } from '../../../../../main/exports/timed-text/cues.ts';
import { timedTextFormat } from '../../../../../main/exports/timed-text/timed-text-format.ts';
import { findProof } from '../../../../../scripts/testing/find-program.mjs';
import { boundariesOf, collected, inTurn } from '../../../../helpers/spoken-text.ts';

const dir = mkdtempSync(join(tmpdir(), 'aside-timed-text-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const HEAD = { title: 'The [Storm]\nagain', author: '', durationMs: 75_500 };

async function write(cues: readonly Cue[], extension: string): Promise<string> {
  const writer = timedTextFormat(`book${extension}`);
  if (!writer) throw new Error(`no writer for ${extension}`);
  return (await collected(writer(inTurn(cues), HEAD))).join('');
}

const TWO: Cue[] = [
  { startMs: 0, endMs: 1_234, lines: ['It rained &', '<hard> --> so'], text: 'It rained & <hard> --> so' },
  { startMs: 360_000_000, endMs: 360_001_005, lines: ['[Silence]'], text: '[Silence]' },
];

it('writes SubRip', async () => {
  expect(await write(TWO, '.srt')).toBe(
    '1\n00:00:00,000 --> 00:00:01,234\nIt rained &\n<hard> → so\n\n2\n100:00:00,000 --> 100:00:01,005\n[Silence]\n\n',
  );
});

it('writes WebVTT, escaped', async () => {
  expect(await write(TWO, '.vtt')).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:01.234\nIt rained &amp;\n&lt;hard&gt; --&gt; so\n\n' +
      '100:00:00.000 --> 100:00:01.005\n[Silence]\n\n',
  );
});

it('writes lyrics with a head', async () => {
  expect(await write(TWO, '.lrc')).toBe(
    '[ti:The Storm again]\n[length:01:15.50]\n[00:00.00]It rained & <hard> --> so\n[6000:00.00] [Silence]\n',
  );
});

it('writes JSON, one cue a line', async () => {
  const written = await write(TWO, '.json');
  expect(JSON.parse(written)).toEqual(TWO.map(({ startMs, endMs, text }) => ({ startMs, endMs, text })));
  expect(written.split('\n')).toHaveLength(TWO.length + 3);
});

it('writes files without cues', async () => {
  const written = await Promise.all(['.srt', '.vtt', '.lrc', '.json'].map((extension) => write([], extension)));
  expect(written).toEqual(['', 'WEBVTT\n\n', '[ti:The Storm again]\n[length:01:15.50]\n', '[]\n']);
});

it('knows formats by the extension in any case, and no others', () => {
  expect(timedTextFormat('/x/Book.SRT')).toBe(timedTextFormat('a.srt'));
  expect([timedTextFormat('book.txt'), timedTextFormat('srt'), timedTextFormat('.srt')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

const prose = fc
  .array(
    fc.constantFrom('the', 'storm', 'came,', 'at', 'night;', 'home.', 'Nobody', 'knew!\n\n', '你好世界。', 'café'),
    {
      minLength: 1,
      maxLength: 120,
    },
  )
  .map((parts) => parts.join(' '));

describe.each([
  ['.srt', 'srt', 1],
  ['.vtt', 'vtt', 1],
  ['.lrc', 'lrc', 10],
])('a parser that is not ours reads %s back', (extension, format, grainMs) => {
  it('cue by cue', async () => {
    await fc.assert(
      fc.asyncProperty(prose, async (text) => {
        const { boundaries, durationMs } = boundariesOf(text);
        const cues = await collected(cuesOf(inTurn(boundaries), text, durationMs));
        const read = subsrt.parse(await write(cues, extension), { format }).filter(({ type }) => type === 'caption');
        expect(read).toHaveLength(cues.length);
        for (const [index, cue] of cues.entries()) {
          const caption = read[index];
          if (caption?.type !== 'caption') throw new Error('no caption');
          expect(caption.text.replaceAll(/\s+/g, ' ')).toBe(format === 'lrc' ? cue.text : cue.lines.join(' '));
          expect(Math.abs(caption.start - cue.startMs)).toBeLessThan(grainMs);
        }
      }),
    );
  });
});

const ffmpeg = findProof({ commands: ['ffmpeg'] });
it.skipIf(!ffmpeg)('ffmpeg reads SubRip, WebVTT and LRC as the same cues', async () => {
  const text = 'When the storm had passed, nobody knew. '.repeat(40);
  const { boundaries, durationMs } = boundariesOf(text, { msPerChar: 50 });
  const cues = await collected(cuesOf(inTurn(boundaries), text, durationMs));
  const read = await Promise.all(
    ['.srt', '.vtt', '.lrc'].map(async (extension) => {
      const file = join(dir, `book${extension}`);
      writeFileSync(file, await write(cues, extension));
      return execFileSync(ffmpeg ?? '', ['-v', 'error', '-i', file, '-f', 'webvtt', '-'], { encoding: 'utf8' });
    }),
  );
  expect(read[0]?.match(/-->/g)).toHaveLength(cues.length);
  expect(read[1]).toBe(read[0]);
  expect(read[2]?.match(/-->/g)).toHaveLength(cues.length);
});
