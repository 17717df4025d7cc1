import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ExportQueue } from '../../../../main/exports/export-queue.ts';
import type { ItemMaker } from '../../../../main/exports/item-maker.ts';
import { leftoverOfExport } from '../../../../main/exports/leftover.ts';
import { createPageQueue } from '../../../../main/exports/page-queue.ts';
import { openQueueStore, type QueueStore } from '../../../../main/exports/queue-store.ts';
import { textOfBytes } from '../../../../main/exports/queued-text.ts';
import { readQueuedText } from '../../../../main/exports/read-queued-text.ts';
import { REFRESH_MS } from '../../../../main/exports/refreshed-lock.ts';
import type { UnfinishedExport } from '../../../../main/exports/unfinished-exports.ts';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';
import type { CallContext } from '../../../../protocol/contract/serve.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';
import { createCollectingLog } from '../../../helpers/collecting-log.ts';

let dir = '';
let open: QueueStore[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-queue-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.map((store) => store.close()));
  open = [];
  rmSync(dir, { recursive: true, force: true });
});

const settled = () => new Promise(setImmediate);

const MAKING: Record<'fails' | 'lasts', ItemMaker['make']> = {
  fails: () => Promise.reject(new AsideError('synthesis', 'no', { details: { engine: 'x', nativeCode: null } })),
  lasts: () => new Promise(() => {}),
};

/** The queue of a run of Aside on `dir`, and what its page can ask. Its texts are made as `making` says. */
async function run({ begun = [] as UnfinishedExport[], make = MAKING.fails } = {}) {
  const { log } = createCollectingLog();
  const problems: string[] = [];
  const store = await openQueueStore({ dir, onProblem: ({ message }) => problems.push(message), log });
  open.push(store);
  let writing = Promise.resolve();
  const queue = new ExportQueue({
    concurrency: 1,
    maker: {
      make,
      resume: () => new Promise(() => {}),
      discard: () => Promise.resolve(),
      forget: () => {},
    },
    read: readQueuedText,
    save: store.save,
    flush: () => {
      writing = store.flush();
      return writing;
    },
    onChange: () => {},
    onProgress: () => {},
  });
  queue.restore(store.restored(begun.map(leftoverOfExport)));
  const shell = {
    hasDialogs: false,
    chooseTexts: () => Promise.resolve([join(dir, 'mine.txt')]),
    chooseExportFolder: () => Promise.resolve(null),
    reserveExportPlace: (name: string) =>
      Promise.resolve({ path: `/out/${name}`, downloadPathOf: () => null, release: () => {} }),
    adoptExportPlace: (path: string) => ({ path, downloadPathOf: () => null, release: () => {} }),
    reveal: () => Promise.resolve(),
  };
  const handlers = createPageQueue({ queue, store }, shell);
  const context = {} as CallContext<never>; // none of these looks at it
  const add = (...names: string[]) =>
    handlers['exports.add'](
      {
        files: names.map((name) => ({ name, folder: 'books', bytes: new TextEncoder().encode(`${name} has words.`) })),
      },
      context,
    );
  const start = () => handlers['exports.start']({ voiceId: null, prosody: DEFAULT_PROSODY }, context);
  const chooseTexts = () => handlers['exports.choose-texts']({ from: 'files' }, context);
  return { queue, store, problems, add, start, chooseTexts, written: () => writing };
}

/** As a kill does: nothing is written any more, and the lock stays. Only that its process is gone cannot be had here. */
function kill(): void {
  open = [];
  rmSync(join(dir, 'queue', 'lock'));
}

const items = (queue: ExportQueue) => queue.state().items.map(({ name, folder, state }) => [name, folder, state.kind]);
const keptTexts = () => readdirSync(join(dir, 'queue', 'texts'));

it('has the list and what was chosen again after a kill, as soon as a page was told that texts were added', async () => {
  const first = await run();
  first.queue.choose({ format: { kind: 'mp3', bitrateKbps: 96, quality: null }, timedText: 'srt' });
  first.queue.setOutDir('/audio');
  expect(await first.add('a.txt', 'b.md')).toEqual({ added: 2, isFull: false });
  writeFileSync(join(dir, 'mine.txt'), 'Mine.');
  await first.chooseTexts();
  kill();

  const { queue } = await run();
  expect(items(queue)).toEqual([
    ['a.txt', 'books', 'waiting'],
    ['b.md', 'books', 'waiting'],
    ['mine.txt', dir, 'waiting'],
  ]);
  expect(queue.state()).toMatchObject({
    isRunning: false,
    outDir: '/audio',
    choices: { format: { kind: 'mp3', bitrateKbps: 96, quality: null }, timedText: 'srt' },
  });
});

it('keeps order, what was removed and what failed, with the reason, once it is written', async () => {
  const first = await run();
  await first.add('a.txt', 'b.txt', 'c.txt');
  first.queue.remove(1);
  first.queue.move(3, 0);
  await first.start();
  await expect.poll(() => first.queue.state().isRunning).toBe(false);
  await first.add('d.txt');
  await first.store.close();

  const { queue } = await run();
  expect(items(queue)).toEqual([
    ['c.txt', 'books', 'failed'],
    ['b.txt', 'books', 'failed'],
    ['d.txt', 'books', 'waiting'],
  ]);
  expect(queue.state().items[0]?.state).toMatchObject({ error: { code: 'synthesis', message: 'no' } });
});

it('does not offer again what is made, from the moment at which the work on it goes', async () => {
  const goes = createDeferred<void>();
  const first = await run({
    make: async (_, { onMade }) => {
      await onMade?.();
      goes.resolve();
      return new Promise(() => {}); // it is killed before it could tell more
    },
  });
  await first.add('a.txt', 'b.txt');
  await first.start();
  await goes.promise;
  kill();
  expect(items((await run()).queue)).toEqual([['b.txt', 'books', 'waiting']]);
});

it('has what failed on disk as soon as a page is told', async () => {
  const { queue, start, add, written } = await run();
  await add('a.txt');
  await start();
  await expect.poll(() => queue.state().isRunning).toBe(false);
  await written();
  kill();
  expect(items((await run()).queue)).toEqual([['a.txt', 'books', 'failed']]);
});

it('has what a page handed over, word for word', async () => {
  await (await run()).add('a.txt');
  kill();
  const { store } = await run();
  const [item] = store.restored([]).items;
  expect(item && (await readQueuedText(item.text)).text).toBe('a.txt has words.');
});

it('knows what a kill has interrupted for the text that it was of, in its place in the list', async () => {
  const first = await run({ make: MAKING.lasts });
  await first.add('a.txt', 'b.txt');
  await first.start();
  await first.store.flush();
  const [one] = (JSON.parse(readFileSync(join(dir, 'queue', 'queue.json'), 'utf8')) as { items: { key: string }[] })
    .items;
  kill();

  const begun = (path: string, queueKey?: string): UnfinishedExport => ({
    folder: `${path}.part`,
    text: 'x'.repeat(100),
    percent: 40,
    begunMs: 0,
    job: {
      ...{ path, inputPath: null, voiceId: 'espeak:en', prosody: DEFAULT_PROSODY, format: { kind: 'wav' } },
      ...{ split: { by: 'nothing' }, chapters: [], title: '', author: '', onError: 'stop' },
      ...(queueKey !== undefined && { queueKey }),
    },
  });
  const begunByKill = [begun('/out/other.wav'), begun('/out/a.wav', one?.key ?? '')];
  const second = await run({ begun: begunByKill });
  const expected = [
    ['a.txt', 'books', 'paused'],
    ['b.txt', 'books', 'waiting'],
    ['other.wav', '/out', 'paused'],
  ];
  expect(items(second.queue)).toEqual(expected);
  await second.store.flush();
  kill();
  expect(items((await run({ begun: begunByKill })).queue)).toEqual(expected);
});

it('removes kept texts with their items, and those that never came into the list', async () => {
  const first = await run();
  await first.add('a.txt', 'b.txt');
  expect(keptTexts()).toHaveLength(2);
  first.queue.remove(1);
  await expect.poll(keptTexts).toHaveLength(1);
  await first.store.flush();
  writeFileSync(join(dir, 'queue', 'texts', 'stray'), 'of a run that was killed before the list named it');
  kill();

  await run();
  expect(keptTexts()).toHaveLength(1);
});

it('has the text of whatever comes back, also where it was removed a moment before the kill', async () => {
  const first = await run();
  await first.add('a.txt');
  first.queue.remove(1);
  await first.store.drop([textOfBytes('never-added.txt', '', new Uint8Array(1))]); // by then it would be removed
  kill();

  const { queue, store } = await run();
  const texts = await Promise.all(store.restored([]).items.map(({ text }) => readQueuedText(text)));
  expect(texts.map(({ text }) => text)).toEqual(['a.txt has words.']);
  queue.remove(1);
  await store.flush();
  expect(keptTexts()).toEqual([]);
});

it('leaves the queue to the Aside that has it: a second one beside it keeps its own in memory', async () => {
  const first = await run();
  await first.add('a.txt');
  const second = await run();
  expect(first.store.takeNotices()).toEqual([]);
  const [notice] = second.store.takeNotices();
  expect(notice?.message).toBe('Another Aside has the export queue: what you add to it here is not kept');
  expect(second.store.takeNotices()).toEqual([]); // told once
  expect(items(second.queue)).toEqual([]);
  await second.add('b.txt');
  expect(items(second.queue)).toEqual([['b.txt', 'books', 'waiting']]);
  expect(keptTexts()).toHaveLength(1);
});

it('is had by an Aside that comes a minute after one that is gone, whatever its lock tells of that', async () => {
  await (await run()).add('a.txt');
  open = [];
  const lock = join(dir, 'queue', 'lock');
  writeFileSync(lock, JSON.stringify({ pid: process.ppid, host: 'name-of-another-network', token: 'x' }));
  const then = new Date(Date.now() - 61_000);
  utimesSync(lock, then, then);
  expect(items((await run()).queue)).toEqual([['a.txt', 'books', 'waiting']]);
});

it('writes nothing more when another Aside has it meanwhile, and tells', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { add, queue, problems, store } = await run();
  await add('a.txt');
  writeFileSync(join(dir, 'queue', 'lock'), JSON.stringify({ pid: 1, host: 'elsewhere', token: 'x' }));
  queue.remove(1); // as after the machine has slept: it has not yet noticed
  await store.flush();
  vi.advanceTimersByTime(REFRESH_MS);
  expect(problems).toEqual(['Another Aside has the export queue: what you add to it here is not kept']);
  await add('b.txt');
  expect(items(queue)).toEqual([['b.txt', 'books', 'waiting']]);
  expect(keptTexts()).toHaveLength(1);
  kill();
  expect(items((await run()).queue)).toEqual([['a.txt', 'books', 'waiting']]);
});

it('sets a list aside that it cannot read, tells where it is, and keeps the texts for it', async () => {
  await (await run()).add('a.txt');
  kill();
  writeFileSync(join(dir, 'queue', 'queue.json'), '{"items": [');

  const { queue, store } = await run();
  expect(items(queue)).toEqual([]);
  expect(store.takeNotices()).toMatchObject([
    { code: 'file', message: 'Your export queue could not be read from queue.json' },
  ]);
  await store.close();
  await (await run()).store.close();
  expect(keptTexts()).toHaveLength(1); // as long as the list is there, it may be put back
});

it('has what it can read of a list, and leaves the rest of it, with its text, to a version that can', async () => {
  await (await run()).add('a.txt', 'b.txt');
  kill();
  const path = join(dir, 'queue', 'queue.json');
  const list = () => JSON.parse(readFileSync(path, 'utf8')) as { choices: object; items: Record<string, unknown>[] };
  const { choices, items: listed } = list();
  const [one, two] = listed;
  const ofLater = { ...one, source: { kind: 'cloud' } };
  const known = { ...two, colour: 'red', error: { code: 'of-later' } };
  writeFileSync(
    path,
    JSON.stringify({ choices: { ...choices, format: 'opus', timedText: 'vtt' }, items: [ofLater, known] }),
  );

  const second = await run();
  expect(items(second.queue)).toEqual([['b.txt', 'books', 'waiting']]);
  expect(second.queue.state()).toMatchObject({ choices: { format: { kind: 'wav' }, timedText: 'vtt' }, outDir: null });
  expect(second.store.takeNotices()).toMatchObject([
    { code: 'file', message: '1 of 2 texts in your export queue could not be read from queue.json' },
  ]);
  await second.add('c.txt');
  expect(list().items.map(({ name }) => name)).toEqual(['b.txt', 'c.txt', 'a.txt']);
  expect(list().items[2]).toEqual(ofLater);
  expect(keptTexts()).toHaveLength(3);
});

it('tells which text is gone, and what to do, where somebody has emptied its folder', async () => {
  await (await run()).add('a.txt');
  kill();
  rmSync(join(dir, 'queue', 'texts'), { recursive: true });
  mkdirSync(join(dir, 'queue', 'texts'));

  const { queue, start } = await run();
  await start();
  await expect.poll(() => queue.state().isRunning).toBe(false);
  await settled();
  expect(queue.state().items[0]?.state).toMatchObject({
    error: {
      code: 'file',
      message: 'What was kept of “a.txt” cannot be read',
      remedy: 'Remove it from the queue, and add it again.',
    },
  });
});

it('keeps what is added where somebody has removed the folder meanwhile', async () => {
  const { add, problems } = await run();
  rmSync(join(dir, 'queue', 'texts'), { recursive: true });
  await add('a.txt');
  kill();
  expect(items((await run()).queue)).toEqual([['a.txt', 'books', 'waiting']]);
  expect(problems).toEqual([]);
});

it('tells once that what is added cannot be kept, and again after that was mended', async () => {
  const { add, queue, problems } = await run();
  const texts = join(dir, 'queue', 'texts');
  const breakIt = (): void => {
    rmSync(texts, { recursive: true });
    writeFileSync(texts, ''); // as good as a full disk, and to be had everywhere
  };
  breakIt();
  await add('a.txt', 'b.txt');
  const told = `Texts added to the export queue cannot be kept in ${texts}: a file is where a folder should be`;
  expect(problems).toEqual([told]);
  expect(items(queue)).toHaveLength(2);

  rmSync(texts);
  await add('c.txt');
  breakIt();
  await add('a.txt');
  expect(problems).toEqual([told, told]);
});

it.runIf(process.platform === 'linux')('leaves no part of a text that does not fit on the disk', async () => {
  const { store, problems } = await run();
  const text = textOfBytes('a.txt', '', new Uint8Array(9));
  symlinkSync('/dev/full', join(dir, 'queue', 'texts', text.key));
  expect(await store.keep(text)).toBe(text);
  expect(problems).toMatchObject([expect.stringContaining('the disk is full')]);
  expect(keptTexts()).toEqual([]);
});

it('keeps texts in memory where there is no place for the queue', async () => {
  const file = join(dir, 'file');
  writeFileSync(file, '');
  const { log } = createCollectingLog();
  const store = await openQueueStore({ dir: join(file, 'data'), onProblem: () => {}, log });
  const text = {
    key: 'k',
    name: 'a',
    folder: '',
    sizeBytes: 1,
    source: { kind: 'bytes', bytes: new Uint8Array(1) },
  } as const;
  expect(await store.keep(text)).toBe(text);
  expect(store.takeNotices()).toMatchObject([{ code: 'file', details: { path: join(file, 'data', 'queue') } }]);
});
