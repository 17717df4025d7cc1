import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppExportsOptions, createAppExports } from '../../../main/exports/app-exports.ts';
import type { QueueRun } from '../../../main/exports/export-queue.ts';
import type { SavedBatch } from '../../../main/exports/saved-batch.ts';
import { UnfinishedBatches } from '../../../main/exports/unfinished-batches.ts';
import { UnfinishedExports } from '../../../main/exports/unfinished-exports.ts';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createLog } from '../../../main/logging/log.ts';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import { MAX_QUEUE_ITEMS } from '../../../protocol/model/export-queue.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import { createFakePool } from '../../helpers/fake-pool.ts';
import { fakeVoice } from '../../helpers/fake-voice.ts';
import { hostEntry } from '../../helpers/host-entry.ts';
import { waitUntil } from '../../helpers/wait-for.ts';

/** What the app makes of what a command has left, and what it leaves alone. */
const VOICE: Voice = { id: 'espeak:en', name: 'English', language: 'en', gender: 'unknown', engine: 'espeak' };
const MINE = 'MINE, made by hand';
const IN_CHAPTERS = { split: { by: 'chapter' } } as const;
const TWO_CHAPTERS = 'Chapter 1\n\nThis is one.\n\nChapter 2\n\nAnd more.\n';

let dir = '';
let atFirst: Promise<void> = Promise.resolve();
const open: { close(): Promise<void> }[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-leftovers-'));
  mkdirSync(at());
  atFirst = Promise.resolve();
});
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
  rmSync(dir, { recursive: true, force: true });
});

const at = (...names: string[]): string => join(dir, 'audio', ...names);
const read = (name: string): string => readFileSync(at(name), 'latin1');
const inFolder = (): string[] => readdirSync(at()).toSorted();

/** Ten samples a character, that depend on it. */
const speak = fakeVoice(8_000, { kind: 'word', charIndex: 0, charLength: 3, atMs: 0 }, (text) =>
  Int16Array.from({ length: text.length * 10 }, (_, index) => text.charCodeAt(Math.floor(index / 10)) * 40),
);

/** As a command leaves it that is killed before it has begun a text. */
async function leaveBatch(texts: Record<string, string>, more: Partial<SavedBatch> = {}): Promise<void> {
  const folder = await new UnfinishedBatches(join(dir, 'data')).open(at());
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(dir, `${name}.txt`), text);
  folder?.remember({
    ...{ voiceId: VOICE.id, prosody: DEFAULT_PROSODY, format: { kind: 'wav' }, split: { by: 'nothing' } },
    ...{ cueLimits: { maxLineChars: 42, maxLines: 2 }, onError: 'stop' },
    items: Object.keys(texts).map((name) => ({ input: join(dir, `${name}.txt`), out: at(`${name}.wav`) })),
    ...more,
  });
  expect(await folder?.leave(true)).toBe(true);
}

async function startApp() {
  const pool = createFakePool({ 'utterance.render': (call) => atFirst.then(() => speak(call)) });
  const voices = { list: async () => ({ voices: [VOICE], problems: [] }), resolve: async () => VOICE };
  const app = await createAppExports({
    ...{ dataDir: join(dir, 'data'), log: createLog({ write: () => {}, level: 'error' }), jobs: 1 },
    ...{ launcher: createForkLauncher(), audioHostEntryPath: hostEntry('audio-host.cjs') },
    engines: { voices, poolOf: () => pool } as unknown as AppExportsOptions['engines'],
    ...{ raise: () => {}, onChange: () => {}, onProgress: () => {} },
  });
  open.push(app);
  const { queue } = app;
  const placeAt = (path: string) => ({ path, downloadPathOf: () => null, release: () => {} });
  const run: QueueRun = {
    ...{ voiceId: null, prosody: DEFAULT_PROSODY, outDir: at(), adopt: placeAt },
    reserve: async (name) => placeAt(at(name)),
  };
  const items = () => queue.state().items;
  return {
    ...app,
    calls: pool.calls,
    items,
    states: () => items().map(({ name, state }) => `${name} ${state.kind}`),
    start: () => queue.start(run),
    made: async () => {
      queue.start(run);
      await waitUntil(() => items().every(({ state }) => !['waiting', 'running', 'paused'].includes(state.kind)));
    },
    close: () => {
      open.splice(open.indexOf(app), 1);
      return app.close();
    },
  };
}

/** Has begun with the text `a`, of several pieces, whose voice waits for `resolve`. */
async function startAtWork() {
  await leaveBatch({ a: 'Words of it are here. '.repeat(900) });
  const { promise, resolve } = createDeferred<void>();
  atFirst = promise;
  const app = await startApp();
  app.start();
  await waitUntil(() => existsSync(at('a.wav.part', 'journal.jsonl')));
  return { app, resolve };
}

const isThereAlready = { kind: 'failed', error: { code: 'refused', details: { reason: 'target-exists' } } };

it('makes each text as it was asked for, with its parts and subtitles, and leaves nothing else', async () => {
  await leaveBatch({ a: TWO_CHAPTERS, b: TWO_CHAPTERS }, { ...IN_CHAPTERS, subtitles: 'srt', author: 'Ann' });
  const app = await startApp();
  expect(app.items()).toMatchObject([{ kinds: ['wav', 'srt'] }, { kinds: ['wav', 'srt'] }]);
  expect(app.unfinishedTargets).toEqual([at('a.wav'), at('b.wav')]);
  await app.made();
  expect(app.states()).toEqual(['a.txt done', 'b.txt done']);
  await app.close();
  const parts = ['01 Chapter 1', '02 Chapter 2'];
  const files = (name: string) => parts.flatMap((part) => [`${name}-${part}.srt`, `${name}-${part}.wav`]);
  expect(inFolder()).toEqual([...files('a'), ...files('b')]);
  expect(read('a-01 Chapter 1.wav')).toContain('Ann');
  expect((await startApp()).items()).toEqual([]);
});

describe('what somebody has made since', () => {
  it('is not replaced where it came while a text was being made', async () => {
    await leaveBatch({ a: 'Hello there.' });
    const { promise, resolve } = createDeferred<void>();
    atFirst = promise;
    const app = await startApp();
    app.start();
    await waitUntil(() => app.calls.length > 0);
    writeFileSync(at('a.wav'), MINE);
    resolve();
    await app.made();
    expect([app.items(), read('a.wav')]).toMatchObject([[{ state: isThereAlready }], MINE]);
  });

  it('is not replaced where it was moved there and is older itself', async () => {
    await leaveBatch({ a: 'Hello there.' });
    const app = await startApp();
    writeFileSync(join(dir, 'mine.wav'), MINE);
    utimesSync(join(dir, 'mine.wav'), 1_600_000_000, 1_600_000_000);
    renameSync(join(dir, 'mine.wav'), at('a.wav'));
    await app.made();
    expect([app.items(), read('a.wav')]).toMatchObject([[{ state: isThereAlready }], MINE]);
  });

  it.each([
    ['subtitles', { subtitles: 'srt' }, 'a.srt'],
    ['a part', IN_CHAPTERS, 'a-02 Chapter 2.wav'],
    ['subtitles of a part', { ...IN_CHAPTERS, subtitles: 'vtt' }, 'a-02 Chapter 2.vtt'],
  ] as const)('is not replaced where it is %s', async (_, more, name) => {
    await leaveBatch({ a: TWO_CHAPTERS }, more);
    const app = await startApp();
    writeFileSync(at(name), MINE);
    await app.made();
    expect([app.items(), read(name)]).toMatchObject([[{ state: isThereAlready }], MINE]);
  });

  it.each([
    ['the app', {}],
    ['a command', { mayReplace: undefined }],
  ])('is not replaced after a kill of %s that had begun with it', async (_, told) => {
    const { app: first, resolve } = await startAtWork();
    cpSync(at('a.wav.part'), at('kept'), { recursive: true, preserveTimestamps: true });
    resolve();
    await first.close();
    rmSync(at('a.wav.part'), { recursive: true, force: true });
    renameSync(at('kept'), at('a.wav.part')); // as a kill would have left it
    rmSync(at('a.wav.part', 'lock'));
    const saved = JSON.parse(readFileSync(at('a.wav.part', 'job.json'), 'utf8'));
    writeFileSync(at('a.wav.part', 'job.json'), JSON.stringify({ ...saved, job: { ...saved.job, ...told } }));
    await new UnfinishedExports(join(dir, 'data')).note(at('a.wav.part'));

    writeFileSync(at('a.wav'), MINE);
    const app = await startApp();
    expect(app.states()).toEqual(['a.txt paused']);
    await app.made();
    expect([app.items(), read('a.wav')]).toMatchObject([[{ state: isThereAlready }], MINE]);
  });
});

it('takes no part of another text for one that came since', async () => {
  await leaveBatch({ Book: TWO_CHAPTERS, 'Book-01 Intro': TWO_CHAPTERS }, IN_CHAPTERS);
  writeFileSync(at('Book-01 Intro-01 Chapter 1.wav'), 'made by the command');
  const app = await startApp();
  await app.made();
  expect(app.states()).toEqual(['Book.txt done']);
});

it('has ended what nobody wants when it is closed, also where that was just being made', async () => {
  const { app, resolve } = await startAtWork();
  app.queue.remove(app.items()[0]?.id ?? 0);
  const closed = app.close();
  resolve();
  await closed;
  expect(inFolder()).toEqual([]);
});

it('replaces what was there before the batch, as the command does', async () => {
  writeFileSync(at('a.wav'), 'of an earlier year');
  await leaveBatch({ a: 'Hello there.' });
  const app = await startApp();
  await app.made();
  expect([app.states(), read('a.wav').slice(0, 4)]).toEqual([['a.txt done'], 'RIFF']);
});

it('goes on with a text that has failed between the names of its parts', async () => {
  mkdirSync(at('a-02 Chapter 2.wav')); // older, so that it is no reason to give no names
  await leaveBatch({ a: TWO_CHAPTERS }, IN_CHAPTERS);
  const app = await startApp();
  await app.made();
  expect([app.states(), existsSync(at('a-01 Chapter 1.wav'))]).toEqual([['a.txt failed'], true]);
  rmdirSync(at('a-02 Chapter 2.wav'));
  app.queue.retry(null);
  await app.made();
  await app.close();
  expect([app.states(), inFolder()]).toEqual([['a.txt done'], ['a-01 Chapter 1.wav', 'a-02 Chapter 2.wav']]);
});

it('keeps what was removed when the app ends at once, and what was not', async () => {
  await leaveBatch(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`text${index}`, 'Some words.'])));
  const app = await startApp();
  for (const { id } of app.items().slice(1)) app.queue.remove(id);
  await app.close();
  expect((await startApp()).states()).toEqual(['text0.txt waiting']);
});

it('offers again what was only cancelled', async () => {
  await leaveBatch({ a: 'Hello there.', b: 'And there.' });
  const app = await startApp();
  app.queue.cancel(null);
  app.queue.retry(app.items()[0]?.id ?? 0);
  await app.close();
  expect((await startApp()).states()).toEqual(['a.txt waiting', 'b.txt waiting']);
});

it('makes nothing of a batch that a command has given up since', async () => {
  await leaveBatch({ a: 'Hello there.' });
  const app = await startApp();
  const batches = new UnfinishedBatches(join(dir, 'data'));
  for (const one of await batches.list()) await batches.discard(one);
  await app.made();
  expect(app.items()).toMatchObject([{ state: { kind: 'failed', error: { details: { reason: 'given-up' } } } }]);
  expect(inFolder()).toEqual([]);
});

it('says which text cannot be read, or has no voice, and makes the others', async () => {
  await leaveBatch({ a: 'Hello there.', b: 'And there.' });
  rmSync(join(dir, 'a.txt'));
  const app = await startApp();
  await app.made();
  expect(app.items()).toMatchObject([
    { sizeBytes: 0, state: { kind: 'failed', error: { code: 'file' } } },
    { state: { kind: 'done' } },
  ]);
  await app.close();
  await leaveBatch({ c: 'Hello there.' }, { voiceId: 'espeak:gone' });
  const next = await startApp();
  await next.made();
  expect(next.items()).toMatchObject([
    { name: 'c.txt', state: { error: { code: 'voice-not-found' } } },
    { name: 'a.txt' },
  ]);
});

it('says how many texts the queue has no room for, and offers them at the next start', async () => {
  const names = Array.from({ length: MAX_QUEUE_ITEMS + 2 }, (_, index) => `text${index}`);
  await leaveBatch(Object.fromEntries(names.map((name) => [name, 'Some words.'])));
  const app = await startApp();
  expect(app.store.takeNotices()).toMatchObject([
    { code: 'queue-full', message: expect.stringContaining('2 more texts') },
  ]);
  expect(app.store.takeNotices()).toEqual([]);
  app.queue.cancel(null);
  app.queue.clear();
  await app.close();
  const next = await startApp();
  expect([next.states(), next.store.takeNotices()]).toEqual([
    [`text${MAX_QUEUE_ITEMS}.txt waiting`, `text${MAX_QUEUE_ITEMS + 1}.txt waiting`],
    [],
  ]);
});
