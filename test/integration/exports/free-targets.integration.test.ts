import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { exportAudio } from '../../../main/exports/export-audio.ts';
import type { ExportJob } from '../../../main/exports/export-job.ts';
import { createItemMaker } from '../../../main/exports/make-item.ts';
import { UnfinishedBatches } from '../../../main/exports/unfinished-batches.ts';
import { UnfinishedExports } from '../../../main/exports/unfinished-exports.ts';
import { DEFAULT_EXPORT_CHOICES } from '../../../protocol/model/export-queue.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import { openAudioHosts } from '../../helpers/audio-files.ts';
import { createFakePool } from '../../helpers/fake-pool.ts';
import { fakeVoice } from '../../helpers/fake-voice.ts';

const VOICE: Voice = { id: 'espeak:en', name: 'English', language: 'en', gender: 'unknown', engine: 'espeak' };
const CHAPTERS = ['One', 'Two', 'Three'];
const TEXT = CHAPTERS.map((title) => `${title}\n\nWords of it.\n\n`).join('');
const MINE = 'MINE, made by hand';
const EXISTS = { code: 'refused', details: { reason: 'target-exists' } };

const audio = openAudioHosts(1);
afterAll(() => audio.terminate());
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-free-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Ten samples a character, that depend on it. */
const speak = fakeVoice(8_000, { kind: 'word', charIndex: 0, charLength: 3, atMs: 0 }, (text) =>
  Int16Array.from({ length: text.length * 10 }, (_, at) => text.charCodeAt(Math.floor(at / 10)) * 40),
);

async function run(name: string, more: Partial<ExportJob> = {}) {
  const pool = createFakePool({ 'utterance.render': speak });
  const path = join(dir, name);
  const job: ExportJob = { text: TEXT, voice: VOICE, prosody: DEFAULT_PROSODY, pool, audio, path, ...more };
  const error = await exportAudio(job).then(
    () => null,
    (refused: unknown) => refused,
  );
  return { error, spoken: pool.calls.length };
}

const inParts = {
  split: { by: 'chapter' },
  chapters: CHAPTERS.map((title) => ({ charIndex: TEXT.indexOf(title), title })),
} as const;
const put = (name: string, content = MINE): void => writeFileSync(join(dir, name), content);
const read = (name: string): string => readFileSync(join(dir, name), 'latin1');
const names = (): string[] => readdirSync(dir).toSorted();

it('leaves subtitles that are there, and makes nothing, where only the audio may be replaced', async () => {
  put('lecture.wav', 'an earlier export');
  put('lecture.srt');
  const named = { subtitlesPath: join(dir, 'lecture.srt'), mayReplace: 'named' } as const;

  expect(await run('lecture.wav', named)).toMatchObject({
    error: {
      ...EXISTS,
      message: `${join(dir, 'lecture.srt')} is there already`,
      remedy: 'Delete or rename it and export again, or choose another name.',
    },
    spoken: 0,
  });
  expect([names(), read('lecture.srt')]).toEqual([['lecture.srt', 'lecture.wav'], MINE]);

  rmSync(join(dir, 'lecture.srt'));
  expect((await run('lecture.wav', named)).error).toBeNull();
  expect(read('lecture.wav').slice(0, 4)).toBe('RIFF');
});

it('replaces all of them where nothing else is said, as the command does', async () => {
  const taken = ['book-01 One.srt', 'book-01 One.wav', 'book-02 Two.wav'];
  for (const name of taken) put(name);

  expect((await run('book.wav', { ...inParts, subtitlesPath: join(dir, 'book.srt') })).error).toBeNull();
  expect(taken.map(read)).not.toContain(MINE);
});

it.each(['album-01.wav', 'album-001.wav', 'album-01 Another title.wav', 'album-01 One.srt'])(
  'refuses a series whose first part is there before it speaks: %s',
  async (name) => {
    put(name);
    const subtitlesPath = join(dir, 'album.srt');
    expect(await run('album.wav', { ...inParts, subtitlesPath, mayReplace: 'named' })).toMatchObject({
      error: EXISTS,
      spoken: 0,
    });
    expect([names(), read(name)]).toEqual([[name], MINE]);
  },
);

it('minds no file that is only named alike', async () => {
  for (const name of ['album.wav', 'album-1.wav', 'album-012.wav', 'album-01.mp3', 'my album-01.wav']) put(name);
  expect((await run('album.wav', { ...inParts, mayReplace: 'named' })).error).toBeNull();
  expect(read('album.wav')).toBe(MINE);
});

it('gives no part its name where one is taken, keeps what is made, and later only gives the names', async () => {
  put('album-02 Two.wav');
  const job = { ...inParts, mayReplace: 'named' } as const;

  expect((await run('album.wav', job)).error).toMatchObject({
    ...EXISTS,
    message: `${join(dir, 'album-02 Two.wav')} is there already`,
    remedy: expect.stringContaining('what is made is kept'),
  });
  expect([names(), read('album-02 Two.wav')]).toEqual([['album-02 Two.wav', 'album.wav.part'], MINE]);

  rmSync(join(dir, 'album-02 Two.wav'));
  expect(await run('album.wav', job)).toEqual({ error: null, spoken: 0 });
  expect(names()).toEqual(['album-01 One.wav', 'album-02 Two.wav', 'album-03 Three.wav']);
});

it('knows for its own what a run that was killed had given its name', async () => {
  const third = join(dir, 'album-03 Three.wav');
  mkdirSync(third); // a run that may replace comes to a halt there, between two names
  expect((await run('album.wav', inParts)).error).toMatchObject({ details: { reason: 'EISDIR' } });
  rmdirSync(third);

  expect(await run('album.wav', { ...inParts, mayReplace: 'nothing' })).toEqual({ error: null, spoken: 0 });
  expect(names()).toEqual(['album-01 One.wav', 'album-02 Two.wav', 'album-03 Three.wav']);
});

it('replaces nothing of a text of one piece either, but what a run that was killed had made of it', async () => {
  const job = { text: 'Short one.', mayReplace: 'nothing' } as const;
  put('short.wav');
  expect(await run('short.wav', job)).toMatchObject({ error: EXISTS, spoken: 0 });
  expect([names(), read('short.wav')]).toEqual([['short.wav'], MINE]);

  rmSync(join(dir, 'short.wav'));
  const work = join(dir, 'short.wav.part');
  const left = join(mkdtempSync(join(tmpdir(), 'aside-left-')), 'work');
  onTestFinished(() => rmSync(join(left, '..'), { recursive: true, force: true }));
  await run('short.wav', { ...job, onProgress: () => existsSync(work) && cpSync(work, left, { recursive: true }) });
  const made = read('short.wav');
  cpSync(left, work, { recursive: true }); // killed before it could remove its folder
  expect((await run('short.wav', job)).error).toBeNull();
  expect([names(), read('short.wav') === made]).toEqual([['short.wav'], true]);

  cpSync(left, work, { recursive: true });
  put('short.wav');
  expect((await run('short.wav', job)).error).toMatchObject(EXISTS);
  expect(read('short.wav')).toBe(MINE);
});

it('keeps what an earlier run has done of another text when it refuses', async () => {
  put('album-02 Two.wav');
  await run('album.wav', { ...inParts, mayReplace: 'named' });
  const before = readdirSync(join(dir, 'album.wav.part'));
  put('album.srt');

  const other = {
    text: 'Another text. '.repeat(9),
    subtitlesPath: join(dir, 'album.srt'),
    mayReplace: 'named',
  } as const;
  expect((await run('album.wav', other)).error).toMatchObject(EXISTS);
  expect(readdirSync(join(dir, 'album.wav.part'))).toEqual(expect.arrayContaining(before.filter(isNoLock)));
});
const isNoLock = (name: string): boolean => !name.startsWith('lock');

it('is a choice that outlives a kill', async () => {
  const unfinished = new UnfinishedExports(join(dir, 'data'));
  put('album-02 Two.wav');
  await run('album.wav', { ...inParts, unfinished, mayReplace: 'named' });

  expect(await unfinished.list()).toMatchObject([{ job: { path: join(dir, 'album.wav'), mayReplace: 'named' } }]);
});

it('is a choice of the item: of many texts nobody is asked about each', async () => {
  const unfinished = new UnfinishedExports(join(dir, 'data'));
  const batches = new UnfinishedBatches(join(dir, 'data'));
  const voices = { resolve: async () => VOICE };
  const engines = { voices, poolOf: () => createFakePool({}) } as unknown as Parameters<typeof createItemMaker>[0];
  const maker = createItemMaker(engines, { pool: audio, jobs: 1 }, { unfinished, batches }, () => {});
  put('lecture.srt');

  const made = maker.make(
    {
      text: TEXT,
      title: 'lecture',
      path: join(dir, 'lecture.wav'),
      mayReplace: 'nothing',
      manner: { voiceId: null, prosody: DEFAULT_PROSODY },
      choices: { ...DEFAULT_EXPORT_CHOICES, timedText: 'srt' },
    },
    { signal: new AbortController().signal, onProgress: () => {}, onNotice: () => {} },
  );
  await expect(made).rejects.toMatchObject({
    ...EXISTS,
    remedy: 'Delete or rename it and retry, or choose another folder.',
  });
  expect([names(), read('lecture.srt')]).toEqual([['lecture.srt'], MINE]);
});
