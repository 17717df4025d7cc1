import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { exportAudio } from '../../../main/exports/export-audio.ts';
import type { ExportJob } from '../../../main/exports/export-job.ts';
import { AsideError } from '../../../protocol/errors.ts';
import type { AudioFormat } from '../../../protocol/model/audio-format.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import { openAudioHosts } from '../../helpers/audio-files.ts';
import { createFakePool, type FakeAnswer } from '../../helpers/fake-pool.ts';
import { fakeVoice } from '../../helpers/fake-voice.ts';

/** What a run that was killed at any moment may have left: it has to be the start of what a whole run makes. */
const VOICE: Voice = { id: 'espeak:en', name: 'English', language: 'en', gender: 'unknown', engine: 'espeak' };
const RATE_HZ = 8_000;
const TEXT = Array.from({ length: 40 }, (_, at) => `Chapter ${at + 1}\n\n${`Words of it. `.repeat(30)}\n\n`).join('');
const CHAPTERS = [...TEXT.matchAll(/Chapter \d+/gu)].map(({ index, 0: title }) => ({ charIndex: index, title }));

const audio = openAudioHosts(2);
afterAll(() => audio.terminate());
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-resume-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Ten samples a character, that depend on it. */
const speak = fakeVoice(RATE_HZ, { kind: 'word', charIndex: 0, charLength: 5, atMs: 0 }, (text) =>
  Int16Array.from({ length: text.length * 10 }, (_, at) => text.charCodeAt(Math.floor(at / 10)) * 40),
);

/** Refuses from call `failing` on. */
function voice(failing = Number.POSITIVE_INFINITY): FakeAnswer {
  let calls = 0;
  return async (call) => {
    calls += 1;
    if (calls >= failing) throw new AsideError('synthesis', 'no', { details: { engine: 'espeak', nativeCode: 1 } });
    return speak(call);
  };
}

function run(name: string, format: AudioFormat, answer: FakeAnswer, more: Partial<ExportJob> = {}) {
  const path = join(dir, `${name}.${format.kind}`);
  return exportAudio({
    text: TEXT,
    chapters: CHAPTERS,
    voice: VOICE,
    prosody: DEFAULT_PROSODY,
    pool: createFakePool({ 'utterance.render': answer }),
    audio,
    path,
    format,
    timingsPath: join(dir, `${name}.json`),
    jobs: 2,
    ...more,
  });
}

const made = (name: string, format: AudioFormat) => [
  readFileSync(join(dir, `${name}.${format.kind}`)),
  readFileSync(join(dir, `${name}.json`)),
];

const FORMATS: AudioFormat[] = [
  { kind: 'wav' },
  { kind: 'mp3', bitrateKbps: 32, quality: null },
  { kind: 'ogg', quality: 0 },
];

it.each(FORMATS)('makes the same bytes from whatever a run that was killed has left: %o', async (format) => {
  await run('whole', format, voice());
  const whole = made('whole', format);
  await expect(run('book', format, voice(70))).rejects.toMatchObject({ code: 'synthesis' });
  const left = join(dir, `book.${format.kind}.part`);
  const kept = join(dir, 'kept');
  cpSync(left, kept, { recursive: true });
  const journalBytes = readFileSync(join(left, 'journal.jsonl')).byteLength;
  const audioBytes = readFileSync(join(left, 'audio-0001')).byteLength;
  const cuts = fc.record({
    journal: fc.integer({ min: 0, max: journalBytes }),
    audio: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: audioBytes })),
    boundaries: fc.constantFrom('as they are', 'longer'),
    flip: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: audioBytes - 1 })),
  });
  await fc.assert(
    fc.asyncProperty(cuts, async (cut) => {
      rmSync(left, { recursive: true, force: true });
      cpSync(kept, left, { recursive: true });
      truncateSync(join(left, 'journal.jsonl'), cut.journal);
      if (cut.flip !== null) await flipByte(join(left, 'audio-0001'), cut.flip);
      if (cut.audio !== null) truncateSync(join(left, 'audio-0001'), cut.audio);
      if (cut.boundaries === 'longer') writeFileSync(join(left, 'boundaries.jsonl'), 'half a li', { flag: 'a' });
      await run('book', format, voice());
      expect(made('book', format).map((bytes, at) => bytes.equals(whole[at] as Buffer))).toEqual([true, true]);
    }),
    { numRuns: 10 },
  );
});

it('keeps the audio where only the subtitles are others, or none, or wanted again', async () => {
  const format: AudioFormat = { kind: 'mp3', bitrateKbps: 32, quality: null };
  const subtitles = (name: string, extension: string) => ({
    timingsPath: undefined,
    subtitlesPath: join(dir, `${name}.${extension}`),
  });
  const interrupted = async (failing: number, more: Partial<ExportJob>): Promise<string[]> => {
    const kinds: string[] = [];
    const onNotice: ExportJob['onNotice'] = ({ kind }) => kinds.push(kind);
    await expect(run('book', format, voice(failing), { ...more, onNotice })).rejects.toMatchObject({
      code: 'synthesis',
    });
    return kinds;
  };
  await run('whole', format, voice(), { ...subtitles('whole', 'vtt'), cueLimits: { maxLineChars: 20, maxLines: 1 } });
  await interrupted(30, subtitles('book', 'srt'));
  expect(await interrupted(20, { timingsPath: undefined })).toContain('resumed');
  const kinds: string[] = [];
  const onNotice: ExportJob['onNotice'] = ({ kind }) => kinds.push(kind);
  const cueLimits = { maxLineChars: 20, maxLines: 1 };
  await run('book', format, voice(), { ...subtitles('book', 'vtt'), cueLimits, onNotice });
  expect(kinds).toEqual(['resumed']);
  const bytes = (name: string): Buffer[] =>
    ['mp3', 'vtt'].map((extension) => readFileSync(join(dir, `${name}.${extension}`)));
  expect(bytes('book').map((made, at) => made.equals(bytes('whole')[at] as Buffer))).toEqual([true, true]);
});

it('begins anew where subtitles are wanted for which nothing was noted', async () => {
  const format: AudioFormat = { kind: 'wav' };
  await expect(run('book', format, voice(30), { timingsPath: undefined })).rejects.toMatchObject({ code: 'synthesis' });
  const kinds: string[] = [];
  const onNotice: ExportJob['onNotice'] = ({ kind }) => kinds.push(kind);
  await run('book', format, voice(), { onNotice });
  expect(kinds).toEqual(['started-over']);
});

it('gives the files their names when it was killed while it did so', async () => {
  const format = FORMATS[0] as AudioFormat;
  const split = { by: 'chapter' } as const;
  const { files } = await run('whole', format, voice(), { split });
  // It comes to a halt between two names, since a folder has the one that the third file should get.
  const third = String(files[2]?.path).replace('whole-', 'book-');
  mkdirSync(third);
  await expect(run('book', format, voice(), { split })).rejects.toMatchObject({ details: { reason: 'EISDIR' } });
  rmdirSync(third);
  const resumed = await run('book', format, voice(1), { split }); // speaks nothing more
  expect(resumed.files.map(({ bytes, durationMs }) => [bytes, durationMs])).toEqual(
    files.map(({ bytes, durationMs }) => [bytes, durationMs]),
  );
  for (const [at, { path }] of resumed.files.entries()) {
    expect(readFileSync(path).equals(readFileSync(files[at]?.path as string))).toBe(true);
  }
});

it.each(FORMATS)('never takes half a file for a finished one, whatever was wanted in between: %o', async (format) => {
  const timings = { timingsPath: join(dir, 'book.json') };
  await run('whole', format, voice());
  // Complete, and its audio has its name; the timings cannot have theirs.
  mkdirSync(timings.timingsPath);
  await expect(run('book', format, voice(), timings)).rejects.toMatchObject({ details: { reason: 'EISDIR' } });
  await expect(run('book', format, voice(20), { timingsPath: undefined })).rejects.toMatchObject({ code: 'synthesis' });
  rmdirSync(timings.timingsPath);
  await run('book', format, voice(), timings);
  expect(made('book', format).map((bytes, at) => bytes.equals(made('whole', format)[at] as Buffer))).toEqual([
    true,
    true,
  ]);
});

async function flipByte(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+');
  const byte = new Uint8Array(1);
  await file.read(byte, 0, 1, at);
  byte[0] = (byte[0] as number) ^ 0xff;
  await file.write(byte, 0, 1, at);
  await file.close();
}
