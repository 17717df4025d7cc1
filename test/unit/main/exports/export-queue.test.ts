import { describe, expect, it } from 'vitest';
import { ExportQueue, type QueueRun } from '../../../../main/exports/export-queue.ts';
import type { ExportItem, ExportItemCall, MadeItem } from '../../../../main/exports/item-maker.ts';
import { type Leftover, leftoverOfExport } from '../../../../main/exports/leftover.ts';
import { UNSAVED_QUEUE } from '../../../../main/exports/queue-store.ts';
import { textOfBytes } from '../../../../main/exports/queued-text.ts';
import type { UnfinishedExport } from '../../../../main/exports/unfinished-exports.ts';
import type { ExportPlace } from '../../../../main/shell-services.ts';
import { createDeferred, type Deferred } from '../../../../protocol/contract/deferred.ts';
import { AsideError, toWireError } from '../../../../protocol/errors.ts';
import type { ExportProgress } from '../../../../protocol/model/export.ts';
import { MAX_QUEUE_ITEMS } from '../../../../protocol/model/export-queue.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';

interface Making extends ExportItem, ExportItemCall {
  readonly made: Deferred<MadeItem>;
}

const PROGRESS: ExportProgress = { charsDone: 4, charsTotal: 8, audioMs: 9, timesRealTime: 1, remainingMs: 9 };
/** Everything here takes promises only, so after this nothing more happens by itself. */
const settled = () => new Promise(setImmediate);
const text = (name: string, content = 'Words.') => textOfBytes(name, '', new TextEncoder().encode(content));

/** A text of a batch that a command has not begun. */
const OF_BATCH: Leftover = {
  ...{ path: '/audio/a.ogg', inputPath: '/texts/a.md', sizeBytes: 9, audio: 'ogg', timedText: null, progress: null },
  origin: {
    kind: 'text-of-batch',
    item: { input: '/texts/a.md', out: '/audio/a.ogg' },
    batch: { batch: {} as never, begunMs: 0, folder: '/audio/aside-batch-1.part', left: [] },
  },
};

/** A queue over a maker whose exports end when the test says so. */
function createTestQueue({ concurrency = 1, exports = [] as string[] } = {}) {
  const making: Making[] = [];
  const resuming: { path: string; call: ExportItemCall; made: Deferred<MadeItem> }[] = [];
  const discarded: string[] = [];
  const forgotten: string[] = [];
  const released: string[] = [];
  const progress: [number, ExportProgress][] = [];
  let changes = 0;
  let nowMs = 0;
  const queue = new ExportQueue({
    concurrency,
    maker: {
      make: (item, call) => {
        const made = createDeferred<MadeItem>();
        making.push({ ...item, ...call, made });
        const ended = (): void =>
          made.reject(new AsideError('request-cancelled', 'ended', { details: { request: 'x' } }));
        call.signal.addEventListener('abort', ended);
        return made.promise;
      },
      resume: (one, call) => {
        const made = createDeferred<MadeItem>();
        resuming.push({ path: one.path, call, made });
        call.signal.addEventListener('abort', () =>
          made.reject(new AsideError('request-cancelled', 'ended', { details: { request: 'x' } })),
        );
        return made.promise;
      },
      discard: async (path) => void discarded.push(path),
      forget: ({ path }) => void forgotten.push(path),
    },
    read: async ({ name, source }) => {
      if (name === 'gone.txt') throw new AsideError('file', 'gone', { details: { path: name, reason: 'ENOENT' } });
      const content = source.kind === 'bytes' ? new TextDecoder().decode(source.bytes) : 'Of a file.';
      const document = { name, text: content, format: 'text', encoding: 'UTF-8' } as const;
      return name === 'long.md' ? { ...document, keepsMarkup: true } : document;
    },
    onChange: () => {
      changes += 1;
    },
    onProgress: (id, item) => progress.push([id, item]),
    now: () => nowMs,
  });
  const run: QueueRun = {
    voiceId: null,
    prosody: DEFAULT_PROSODY,
    outDir: null,
    reserve: async (name, folder): Promise<ExportPlace> => {
      exports.push(name);
      const path = `${folder ?? '/downloads'}/${name}`;
      return { path, downloadPathOf: (made) => `/get${made}`, release: () => released.push(path) };
    },
    adopt: (path) => ({ path, downloadPathOf: (made) => `/again${made}`, release: () => released.push(path) }),
  };
  const made = (at: number): void =>
    making[at]?.made.resolve({ durationMs: 1_000, bytes: 44, paths: [making[at]?.path ?? ''] });
  return {
    queue,
    run,
    making,
    resuming,
    made,
    discarded,
    forgotten,
    released,
    progress,
    changes: () => changes,
    at: (ms: number) => {
      nowMs = ms;
    },
    states: () => queue.state().items.map(({ name, state }) => `${name} ${state.kind}`),
  };
}

/** What an earlier run had done 40 % of. */
const UNFINISHED: UnfinishedExport = {
  folder: '/audio/book.mp3.part',
  text: 'x'.repeat(1_000),
  percent: 40,
  begunMs: 0,
  job: {
    path: '/audio/book.mp3',
    inputPath: '/texts/book.txt',
    voiceId: 'espeak:en',
    prosody: DEFAULT_PROSODY,
    format: { kind: 'mp3', bitrateKbps: 64, quality: null },
    split: { by: 'nothing' },
    chapters: [],
    title: 'book',
    author: '',
    onError: 'stop',
  },
};

it('shows of an item that its disk will not do, until it does or the item ends', async () => {
  const { queue, run, making, made } = createTestQueue();
  queue.add([text('one.txt')]);
  queue.start(run);
  await settled();
  const littleRoom = { neededBytes: 2_000, othersBytes: 500, freeBytes: 1_000 };
  const shown = () => queue.state().items[0]?.littleRoom;
  making[0]?.onNotice({ kind: 'little-room', ...littleRoom });
  expect(shown()).toEqual(littleRoom);
  making[0]?.onNotice({ kind: 'enough-room' });
  expect(shown()).toBeNull();
  making[0]?.onNotice({ kind: 'little-room', ...littleRoom });
  made(0);
  await settled();
  expect(shown()).toBeNull();
});

describe('what an earlier run has begun', () => {
  it('waits, paused where it was, and is gone on with in its own place when the queue starts', async () => {
    const { queue, run, making, resuming, states } = createTestQueue();
    queue.restore(UNSAVED_QUEUE.restored([leftoverOfExport(UNFINISHED)]));
    await settled();
    expect(states()).toEqual(['book.txt paused']);
    expect(queue.state()).toMatchObject({
      isRunning: false,
      items: [{ folder: '/texts', state: { progress: { charsDone: 400, charsTotal: 1_000 } } }],
    });
    expect(resuming).toEqual([]);

    queue.start(run);
    await settled();
    expect([making.length, resuming.map(({ path }) => path)]).toEqual([0, ['/audio/book.mp3']]);
    resuming[0]?.made.resolve({ durationMs: 1, bytes: 2, paths: ['/audio/book.mp3'] });
    await settled();
    expect(queue.state().items).toMatchObject([
      { state: { kind: 'done', outputs: [{ downloadPath: '/again/audio/book.mp3' }] } },
    ]);
  });

  it('is made anew by a retry where its text was changed since', async () => {
    const { queue, run, making, resuming, states, discarded } = createTestQueue();
    queue.restore(UNSAVED_QUEUE.restored([leftoverOfExport(UNFINISHED)]));
    queue.start(run);
    await settled();
    const details = { reason: 'input-changed' };
    resuming[0]?.made.reject(new AsideError('refused', 'changed', { details, remedy: 'Export it anew.' }));
    await settled();
    expect(states()).toEqual(['book.txt failed']);
    queue.retry(null);
    queue.start(run);
    await settled();
    expect(states()).toEqual(['book.txt running']);
    expect(making).toMatchObject([{ path: '/downloads/book.wav', inputPath: '/texts/book.txt', text: 'Of a file.' }]);
    expect([resuming.length, discarded]).toEqual([1, ['/audio/book.mp3']]);
  });

  it('is made anew by a retry in a later run too, and leaves nothing of the other text', async () => {
    const { queue, run, making, states, discarded } = createTestQueue();
    const error = toWireError(new AsideError('refused', 'changed', { details: { reason: 'input-changed' } }));
    const [item] = UNSAVED_QUEUE.restored([leftoverOfExport(UNFINISHED)]).items;
    if (!item) throw new Error('nothing restored');
    queue.restore({ chosen: null, items: [{ ...item, state: { kind: 'failed', error } }] });
    queue.retry(null);
    queue.start(run);
    await settled();
    expect(states()).toEqual(['book.txt running']);
    expect(making).toMatchObject([{ path: '/downloads/book.wav', text: 'Of a file.' }]);
    expect(discarded).toEqual(['/audio/book.mp3']);
  });

  it('names what it was told to become, whatever is chosen now', () => {
    const { queue } = createTestQueue();
    const job = { ...UNFINISHED.job, subtitlesPath: '/audio/book.vtt' };
    queue.restore(UNSAVED_QUEUE.restored([leftoverOfExport({ ...UNFINISHED, job })]));
    queue.choose({ format: { kind: 'ogg', quality: 3 } });
    expect(queue.state().items[0]?.kinds).toEqual(['mp3', 'vtt']);
  });

  it('waits where nothing of it is done, and says of its Markdown what is read of it', async () => {
    const { queue, run, resuming, states } = createTestQueue();
    queue.restore(UNSAVED_QUEUE.restored([OF_BATCH]));
    expect(queue.state().items).toMatchObject([
      { name: 'a.md', folder: '/texts', sizeBytes: 9, kinds: ['ogg'], state: { kind: 'waiting' }, keepsMarkup: false },
    ]);
    queue.start(run);
    await settled();
    resuming[0]?.call.onNotice({ kind: 'keeps-markup' });
    expect([states(), queue.state().items[0]?.keepsMarkup]).toEqual([['a.md running'], true]);
  });

  it('is offered no more once it is removed, cleared away or made anew, and not before', async () => {
    const { queue, run, resuming, states, forgotten } = createTestQueue();
    queue.restore(
      UNSAVED_QUEUE.restored([OF_BATCH, { ...OF_BATCH, path: '/audio/b.ogg' }, leftoverOfExport(UNFINISHED)]),
    );
    const [first, second, third] = queue.state().items;
    queue.cancel(first?.id ?? 0);
    await settled();
    queue.retry(first?.id ?? 0);
    expect([states()[0], forgotten]).toEqual(['a.md waiting', []]);
    queue.remove(first?.id ?? 0);
    expect(forgotten).toEqual(['/audio/a.ogg']);
    queue.cancel(second?.id ?? 0);
    queue.clear();
    expect(forgotten).toEqual(['/audio/a.ogg', '/audio/b.ogg']);
    queue.start(run);
    await settled();
    const details = { reason: 'input-changed' };
    resuming[0]?.made.reject(new AsideError('refused', 'changed', { details, remedy: 'Export it anew.' }));
    await settled();
    queue.retry(third?.id ?? 0);
    expect(forgotten).toEqual(['/audio/a.ogg', '/audio/b.ogg', '/audio/book.mp3']);
  });

  it('is offered again where it was only cancelled when Aside ends', async () => {
    const { queue, forgotten } = createTestQueue();
    queue.restore(UNSAVED_QUEUE.restored([OF_BATCH]));
    queue.cancel(queue.state().items[0]?.id ?? 0);
    await queue.close();
    expect(forgotten).toEqual([]);
  });

  it('is nothing to an item that somebody adds', async () => {
    const { queue, run, forgotten } = createTestQueue();
    queue.add([text('a.txt')]);
    queue.start(run);
    await settled();
    queue.pause();
    await settled();
    queue.remove(queue.state().items[0]?.id ?? 0);
    await settled();
    expect(forgotten).toEqual([]);
  });

  it('keeps its name from items that go to the same folder, and from no others', async () => {
    const { queue, run, states } = createTestQueue({ concurrency: 3 });
    queue.restore(UNSAVED_QUEUE.restored([OF_BATCH]));
    queue.add([textOfBytes('a.txt', '/mine', new TextEncoder().encode('Words.'))]);
    queue.start({ ...run, outDir: '/elsewhere' });
    await settled();
    expect(states()).toEqual(['a.md running', 'a.txt running']);
    queue.add([textOfBytes('a.txt', '/other', new TextEncoder().encode('Words.'))]);
    queue.remove(queue.state().items[1]?.id ?? 0);
    queue.start({ ...run, outDir: '/audio' });
    await settled();
    expect(states()).toEqual(['a.md running', 'a.txt failed']);
  });

  it('is discarded with its work when it is removed', async () => {
    const { queue, discarded } = createTestQueue();
    queue.restore(UNSAVED_QUEUE.restored([leftoverOfExport(UNFINISHED)]));
    queue.remove(queue.state().items[0]?.id ?? 0);
    await settled();
    expect(discarded).toEqual(['/audio/book.mp3']);
  });
});

it('cancels all that waits, and nothing else', async () => {
  const { queue, run, made, states } = createTestQueue();
  queue.add([text('done.txt'), text('running.txt'), text('a.txt'), text('b.txt')]);
  queue.start(run);
  await settled();
  made(0);
  await settled();
  queue.cancel(null);
  expect(states()).toEqual(['done.txt done', 'running.txt running', 'a.txt cancelled', 'b.txt cancelled']);
});

it('lets the work on what is made go when the list is on disk without it, and leaves it where the app is ending', async () => {
  const { queue, run, making } = createTestQueue({ concurrency: 2 });
  queue.add([text('a.txt'), text('b.txt')]);
  queue.start(run);
  await settled();
  const went: string[] = [];
  void making[0]?.onMade?.().then(() => went.push('a'));
  await settled();
  await queue.close();
  void making[1]?.onMade?.().then(() => went.push('b'));
  await settled();
  expect(went).toEqual(['a']);
});

describe('ExportQueue', () => {
  it('does nothing before it is started, and then makes one after the other', async () => {
    const { queue, run, making, made, states } = createTestQueue();
    queue.add([text('a.txt'), text('b.txt')]);
    await settled();
    expect(making).toEqual([]);

    queue.start(run);
    await settled();
    expect(states()).toEqual(['a.txt running', 'b.txt waiting']);
    expect(making.map(({ title, path }) => [title, path])).toEqual([['a', '/downloads/a.wav']]);
    made(0);
    await settled();
    expect(states()).toEqual(['a.txt done', 'b.txt running']);
    made(1);
    await settled();
    expect(queue.state()).toMatchObject({
      isRunning: false,
      items: [
        {
          state: {
            kind: 'done',
            durationMs: 1_000,
            bytes: 44,
            outputs: [{ name: 'a.wav', path: '/downloads/a.wav', downloadPath: '/get/downloads/a.wav' }],
          },
        },
        { state: { kind: 'done' } },
      ],
    });
  });

  it('makes several at a time where it is told to', async () => {
    const { queue, run, states } = createTestQueue({ concurrency: 2 });
    queue.add(['a.txt', 'b.txt', 'c.txt'].map((name) => text(name)));
    queue.start(run);
    expect(states()).toEqual(['a.txt running', 'b.txt running', 'c.txt waiting']);
  });

  it('tells of what cannot be read, is empty or fails by its item, and goes on', async () => {
    const { queue, run, making, made } = createTestQueue();
    queue.add([text('gone.txt'), text('empty.txt', ' \n'), text('bad.txt'), text('good.txt')]);
    queue.start(run);
    await settled();
    making[0]?.made.reject(new AsideError('synthesis', 'no', { details: { engine: 'x', nativeCode: null } }));
    await settled();
    made(1);
    await settled();
    const reasons = queue.state().items.map(({ state }) => (state.kind === 'failed' ? state.error.code : state.kind));
    expect(reasons).toEqual(['file', 'refused', 'synthesis', 'done']);
  });

  it('replaces no file that is there', async () => {
    const { queue, run, making } = createTestQueue();
    queue.add([text('a.txt')]);
    queue.start(run);
    await settled();
    expect(making).toMatchObject([{ mayReplace: 'nothing' }]);
  });

  it('tells of an item that it is read with markup, once that is known', async () => {
    const { queue, run } = createTestQueue();
    queue.add([text('long.md'), text('short.md')]);
    const told = () => queue.state().items.map(({ keepsMarkup }) => keepsMarkup);
    expect(told()).toEqual([false, false]);
    queue.start(run);
    await settled();
    expect(told()).toEqual([true, false]);
  });

  it('pauses what runs, keeps its place, and goes on with it there', async () => {
    const exports: string[] = [];
    const { queue, run, making, states, discarded, released } = createTestQueue({ exports });
    queue.add([text('a.txt')]);
    queue.start(run);
    await settled();
    making[0]?.onProgress(PROGRESS);
    queue.pause();
    expect(queue.state().items[0]?.state).toEqual({ kind: 'paused', progress: PROGRESS });
    expect(making[0]?.signal.reason).toBe('paused');
    await settled();
    expect(states()).toEqual(['a.txt paused']);

    queue.start(run);
    await settled();
    expect(states()).toEqual(['a.txt running']);
    expect(making.map(({ path }) => path)).toEqual(['/downloads/a.wav', '/downloads/a.wav']);
    expect({ exports, discarded, released }).toEqual({ exports: ['a.wav'], discarded: [], released: [] });
  });

  it('goes on at once when it is started before what it paused has ended', async () => {
    const { queue, run, making, states } = createTestQueue();
    queue.add([text('a.txt')]);
    queue.start(run);
    await settled();
    queue.pause();
    queue.start(run);
    expect(states()).toEqual(['a.txt paused']);
    await settled();
    expect(states()).toEqual(['a.txt running']);
    expect(making).toHaveLength(2);
  });

  it('takes a finished item for finished, though it was being paused', async () => {
    const { queue, run, made, states } = createTestQueue();
    queue.add([text('a.txt')]);
    queue.start(run);
    await settled();
    made(0);
    queue.pause();
    await settled();
    expect(states()).toEqual(['a.txt done']);
  });

  it('cancels one, removes what it left, and lets it wait again', async () => {
    const { queue, run, states, discarded, released } = createTestQueue();
    queue.add([text('a.txt'), text('b.txt')]);
    queue.start(run);
    await settled();
    queue.cancel(1);
    expect(states()).toEqual(['a.txt cancelled', 'b.txt waiting']);
    await settled();
    expect(states()).toEqual(['a.txt cancelled', 'b.txt running']);
    expect({ discarded, released }).toEqual({ discarded: ['/downloads/a.wav'], released: ['/downloads/a.wav'] });
    queue.retry(1);
    expect(states()).toEqual(['a.txt waiting', 'b.txt running']);
  });

  it('removes what a paused export has left when that is cancelled', async () => {
    const { queue, run, discarded } = createTestQueue();
    queue.add([text('a.txt')]);
    queue.start(run);
    await settled();
    queue.pause();
    await settled();
    queue.cancel(1);
    await settled();
    expect(discarded).toEqual(['/downloads/a.wav']);
  });

  it('retries all that failed, where each had been', async () => {
    const exports: string[] = [];
    const { queue, run, making, states } = createTestQueue({ concurrency: 2, exports });
    queue.add([text('a.txt'), text('b.txt')]);
    queue.start(run);
    await settled();
    for (const { made } of making) made.reject(new Error('a defect'));
    await settled();
    expect(states()).toEqual(['a.txt failed', 'b.txt failed']);
    queue.retry(null);
    expect(states()).toEqual(['a.txt waiting', 'b.txt waiting']);
    queue.start(run);
    await settled();
    expect(exports).toEqual(['a.wav', 'b.wav']);
  });

  it('takes another place where another format was chosen, and gives up the one before', async () => {
    const { queue, run, making, discarded } = createTestQueue();
    queue.add([text('a.txt')]);
    queue.start(run);
    await settled();
    queue.pause();
    queue.choose({ format: { kind: 'ogg', quality: 3 } });
    await settled();
    queue.start(run);
    await settled();
    expect(making[1]?.path).toBe('/downloads/a.ogg');
    expect(discarded).toEqual(['/downloads/a.wav']);
  });

  it('names what becomes of an item: as it was begun while it runs, else as is chosen now', async () => {
    const { queue, run } = createTestQueue();
    queue.choose({ format: { kind: 'mp3', bitrateKbps: 64, quality: null }, timedText: 'srt' });
    queue.add([text('a.txt'), text('b.txt')]);
    const kinds = () => queue.state().items.map((item) => item.kinds.join());
    expect(kinds()).toEqual(['mp3,srt', 'mp3,srt']);
    queue.start(run);
    queue.choose({ format: { kind: 'ogg', quality: 3 }, timedText: null });
    expect(kinds()).toEqual(['mp3,srt', 'ogg']);
    await settled();
    queue.pause();
    await settled();
    expect(kinds()).toEqual(['ogg', 'ogg']);
  });

  it('changes only what is chosen anew, whoever else chose something meanwhile', () => {
    const { queue } = createTestQueue();
    queue.choose({ format: { kind: 'mp3', bitrateKbps: 128, quality: null } });
    queue.choose({ timedText: 'srt' });
    expect(queue.state().choices).toEqual({
      format: { kind: 'mp3', bitrateKbps: 128, quality: null },
      split: { by: 'nothing' },
      timedText: 'srt',
    });
  });

  it('removes a running item, and clears what is over but what failed', async () => {
    const { queue, run, making, made, states, released } = createTestQueue();
    queue.add(['a.txt', 'gone.txt', 'b.txt', 'c.txt'].map((name) => text(name)));
    queue.start(run);
    await settled();
    queue.remove(1);
    await settled();
    expect(making[0]?.signal.aborted).toBe(true);
    made(1);
    await settled();
    queue.cancel(4);
    await settled();
    queue.clear();
    expect(states()).toEqual(['gone.txt failed']);
    expect(released).toContain('/downloads/b.wav');
  });

  it('moves an item to a place among the others', () => {
    const { queue, states } = createTestQueue();
    queue.add(['a', 'b', 'c'].map((name) => text(name)));
    queue.move(1, 1);
    expect(states()).toEqual(['b waiting', 'a waiting', 'c waiting']);
    queue.move(3, 0);
    expect(states()).toEqual(['c waiting', 'b waiting', 'a waiting']);
    queue.move(3, 99);
    queue.move(99, 0);
    expect(states()).toEqual(['b waiting', 'a waiting', 'c waiting']);
  });

  it('names both texts that would have one file, where all go into one folder', async () => {
    const { queue, run, made } = createTestQueue();
    queue.add([text('a.txt'), text('A.md')]);
    queue.start({ ...run, outDir: '/audio' });
    await settled();
    made(0);
    await settled();
    const second = queue.state().items[1]?.state;
    expect(second).toMatchObject({ kind: 'failed', error: { details: { reason: 'name-collides' } } });
    expect(second?.kind === 'failed' && second.error.message).toMatch(/A\.md.*a\.txt/);
  });

  it('tells of progress a few times a second, and keeps the latest for pages that ask', async () => {
    const { queue, run, making, progress, at } = createTestQueue();
    queue.add([text('a.txt')]);
    queue.start(run);
    await settled();
    for (const [index, ms] of [0, 100, 199, 200].entries()) {
      at(ms);
      making[0]?.onProgress({ ...PROGRESS, charsDone: index });
    }
    expect(progress.map(([id, { charsDone }]) => [id, charsDone])).toEqual([
      [1, 0],
      [1, 3],
    ]);
    expect(queue.state().items[0]?.state).toMatchObject({ progress: { charsDone: 3 } });
  });

  it('takes no more than there is room for, and says so', () => {
    const { queue } = createTestQueue();
    const many = Array.from({ length: MAX_QUEUE_ITEMS + 1 }, (_, index) => text(`${index}.txt`));
    expect(queue.add(many)).toEqual({ added: MAX_QUEUE_ITEMS, isFull: true });
    expect(queue.add([text('more.txt')])).toEqual({ added: 0, isFull: true });
  });

  it('has finished files to show, and no others', async () => {
    const { queue, run, made } = createTestQueue();
    queue.add([text('a.txt'), text('b.txt')]);
    queue.start(run);
    await settled();
    made(0);
    await settled();
    expect([queue.pathOf(1), queue.pathOf(2), queue.pathOf(99)]).toEqual(['/downloads/a.wav', null, null]);
  });

  it('keeps the work that is done when Aside ends', async () => {
    const { queue, run, making, discarded } = createTestQueue();
    queue.add([text('a.txt')]);
    queue.start(run);
    await settled();
    await queue.close();
    await settled();
    expect([making[0]?.signal.reason, discarded]).toEqual(['paused', []]);
  });
});
