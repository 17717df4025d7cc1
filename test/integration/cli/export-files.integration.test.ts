import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { describeWithAudioTools } from '../../helpers/audio-tools.ts';
import { describeAudio } from '../../helpers/describe-audio.ts';
import { PROSE } from '../../helpers/export-with-espeak.ts';
import { runAside } from '../../helpers/run-aside.ts';

const TITLES = ['Chapter 1: The Period', 'Chapter 2', 'Chapter 3: A Tavern'];
const TEXT = `A word before.\n\n${TITLES.map((title, at) => `${title.replace(': ', '\n')}\n\n${paragraph(at)}`).join('\n\n')}`;
const Timings = z.array(z.looseObject({ kind: z.string(), charIndex: z.int(), charLength: z.int(), atMs: z.number() }));

function paragraph(at: number): string {
  const from = PROSE.indexOf('. ', 1_000 + at * 3_000) + 2;
  return PROSE.slice(from, PROSE.indexOf('. ', from + 2_500) + 1);
}

/** Letters and figures: engines tell no place of a quotation mark. */
const spokenOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

let dir = '';
const at = (name: string): string => join(dir, name);
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-files-'));
  writeFileSync(at('book.txt'), TEXT);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function aside(...args: string[]): Promise<void> {
  const env = { ASIDE_DATA_DIR: at('data') };
  const { exitCode, stderr } = await runAside(['export', at('book.txt'), '--voice', 'en-GB', ...args], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
}

describeWithAudioTools('what the command makes, read by other programs', () => {
  it('gives an MP3 file its title, author and the chapters where they are heard', async () => {
    await aside('--out', at('tagged.mp3'), '--title', 'A Book', '--author', 'Some One', '--timings', at('tagged.json'));
    const { tags, chapters } = describeAudio(at('tagged.mp3'));
    expect(tags).toMatchObject({ title: 'A Book', artist: 'Some One' });
    expect(chapters.map(({ title }) => title)).toEqual(TITLES);
    const timings = Timings.parse(JSON.parse(readFileSync(at('tagged.json'), 'utf8')));
    for (const { title, startMs } of chapters) {
      const heading = TEXT.indexOf((title as string).split(':')[0] as string);
      const heard = timings.find(({ kind, charIndex }) => kind === 'word' && charIndex >= heading);
      expect(Math.abs((heard?.atMs ?? 0) - startMs)).toBeLessThan(100);
    }
  });

  it('splits by chapter: a file each with its title and number, and one for what comes before', async () => {
    await aside('--out', at('parts.ogg'), '--split', 'chapter');
    const names = readdirSync(dir)
      .filter((name) => name.startsWith('parts-'))
      .toSorted();
    expect(names).toEqual([
      'parts-01 book.ogg',
      'parts-02 Chapter 1 The Period.ogg',
      'parts-03 Chapter 2.ogg',
      'parts-04 Chapter 3 A Tavern.ogg',
    ]);
    const probed = names.map((name) => describeAudio(at(name)).tags);
    expect(probed.map(({ title }) => title)).toEqual(['book', ...TITLES]);
    expect(probed.map((tags) => (tags.track ?? tags.tracknumber)?.split('/')[0])).toEqual(['1', '2', '3', '4']);
  });

  it('splits by duration where a sentence ends, and gives each file its own times', async () => {
    await aside('--out', at('timed.wav'), '--split', '2m', '--timings', at('timed.json'), '--subtitles', 'srt');
    const wavs = readdirSync(dir)
      .filter((name) => /^timed-\d+\.wav$/u.test(name))
      .toSorted();
    expect(wavs.length).toBeGreaterThan(2);
    let end = 0;
    for (const name of wavs) {
      const durationMs = describeAudio(at(name)).durationMs;
      expect(durationMs).toBeLessThanOrEqual(120_000);
      const rows = Timings.parse(JSON.parse(readFileSync(at(name.replace('.wav', '.json')), 'utf8')));
      const [first] = rows;
      expect(first?.kind).toBe('sentence');
      expect(spokenOf(TEXT.slice(end, first?.charIndex))).toBe(''); // nothing is left out between two files
      const last = rows.findLast(({ kind }) => kind === 'sentence');
      end = (last?.charIndex ?? 0) + (last?.charLength ?? 0);
      expect(rows.every(({ atMs }) => atMs <= durationMs)).toBe(true);
      expect(readFileSync(at(name.replace('.wav', '.srt')), 'utf8')).toMatch(/^1\n00:00:00,\d+ --> /u);
    }
    expect(spokenOf(TEXT.slice(end))).toBe('');
  });

  it('numbers the tracks of a split whose end is not known before', async () => {
    await aside('--out', at('tracks.mp3'), '--split', '2m');
    expect(describeAudio(at('tracks-02.mp3')).tags).toMatchObject({ track: '2', title: 'book' });
  });

  it('splits by size', async () => {
    await aside('--out', at('sized.wav'), '--split', '3MB');
    const wavs = readdirSync(dir).filter((name) => name.startsWith('sized-'));
    expect(wavs.length).toBeGreaterThan(2);
    for (const name of wavs) expect(readFileSync(at(name)).byteLength).toBeLessThanOrEqual(3_000_000);
  });

  it('refuses to split by chapter what has none', async () => {
    writeFileSync(at('plain.txt'), 'Words, and no heading.');
    const { exitCode, stderr } = await runAside([
      'export',
      at('plain.txt'),
      '--out',
      at('p.wav'),
      '--split',
      'chapter',
    ]);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('nowhere to split it')]);
  });
});
