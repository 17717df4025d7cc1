import { expect, test } from 'vitest';
import type { ExportQueueState, QueueItem } from '../../../../../protocol/model/export-queue.ts';
import { EMPTY_EXPORT_QUEUE } from '../../../../../protocol/model/export-queue.ts';
import { queueNews } from '../../../../../renderer/features/exports/queue-news.ts';
import { queueTotals } from '../../../../../renderer/features/exports/queue-totals.ts';
import {
  itemFacts,
  queueFacts,
  queueSummary,
  roomWarning,
} from '../../../../../renderer/features/exports/queue-words.ts';

const DONE: QueueItem['state'] = { kind: 'done', outputs: [], durationMs: 1, bytes: 1 };
const WAITING: QueueItem['state'] = { kind: 'waiting' };
const FAILED: QueueItem['state'] = {
  kind: 'failed',
  error: { code: 'internal', message: 'It broke.', remedy: '', details: {} },
};
const running = (charsDone: number, remainingMs: number | null): QueueItem['state'] => ({
  kind: 'running',
  progress: { charsDone, charsTotal: 100, audioMs: 1, timesRealTime: 1, remainingMs },
});

/** Each of them weighs as much as the others. */
function queueOf(isRunning: boolean, ...states: QueueItem['state'][]): ExportQueueState {
  const items = states.map((state, index) => ({
    id: index + 1,
    name: `${index}.txt`,
    folder: '',
    sizeBytes: 900,
    kinds: ['mp3', 'srt'],
    keepsMarkup: false,
    littleRoom: null,
    state,
  }));
  return { ...EMPTY_EXPORT_QUEUE, items, isRunning };
}

test('the time left is that of what runs, and as much for as much text that waits', () => {
  const { share, remainingMs } = queueTotals(queueOf(true, DONE, running(50, 1_000), WAITING));
  expect({ share, remainingMs }).toEqual({ share: 0.5, remainingMs: 3_000 });
});

test('nothing is said of the time left before it can be known, nor while the queue stands', () => {
  expect(queueTotals(queueOf(true, running(50, null), WAITING)).remainingMs).toBeNull();
  expect(queueTotals(queueOf(false, running(50, 1_000))).remainingMs).toBeNull();
});

test('a cancelled item counts for nothing, a failed one has nothing left to do', () => {
  expect(queueTotals(queueOf(false, DONE, FAILED, { kind: 'cancelled' }))).toEqual({
    done: 1,
    failed: 1,
    cancelled: 1,
    left: 0,
    waiting: 0,
    share: 1,
    remainingMs: null,
  });
});

test('words tell how far the queue is, and at its end what came of it', () => {
  const half = queueOf(true, DONE, FAILED, running(50, 60_000));
  expect(queueFacts(queueTotals(half), true)).toBe('1 of 3 made · 1 failed · 1 minute left');
  const over = queueOf(false, DONE, DONE, FAILED);
  expect(queueSummary(queueTotals(over), over.items)).toBe('2 made, 1 failed: It broke.');
  expect(queueFacts(queueTotals(queueOf(false, WAITING, WAITING)), false)).toBe('2 waiting');
});

test('a screen reader is told of the end, of failures and of quarters, and of nothing else', () => {
  const before = queueOf(true, DONE, running(10, 1));
  expect(queueNews(before, queueOf(true, DONE, running(20, 1)))).toBeNull();
  expect(queueNews(before, queueOf(true, DONE, running(60, 1)))).toBe('Export queue: 75 percent');
  expect(queueNews(before, queueOf(false, DONE, DONE))).toBe('Export queue finished: 2 made');
  const failing = queueOf(true, running(0, null), running(0, null), WAITING);
  expect(queueNews(failing, queueOf(true, FAILED, running(0, null), WAITING))).toBe('0.txt was not made');
  expect(queueNews(failing, queueOf(true, FAILED, FAILED, WAITING))).toBe('2 texts were not made');
  expect(queueNews(EMPTY_EXPORT_QUEUE, queueOf(false, FAILED, DONE))).toBeNull();
});

test('what the disk lacks is said of its item, and told a screen reader once', () => {
  const enough = queueOf(true, running(50, 1_000));
  const littleRoom = { neededBytes: 300_000_000, othersBytes: 0, freeBytes: 120_000_000 };
  const tight = { ...enough, items: enough.items.map((item) => ({ ...item, littleRoom })) };
  const words = 'Still needs about 300.0 MB, and 120.0 MB are free: free some space';
  expect([enough, tight].map(({ items }) => items.map(roomWarning))).toEqual([[null], [words]]);
  expect(queueNews(enough, tight)).toBe(`0.txt: ${words}`);
  expect(queueNews(tight, tight)).toBeNull();
  expect(roomWarning({ littleRoom: { ...littleRoom, othersBytes: 80_000_000 } })).toBe(
    'Still needs about 300.0 MB and other exports 80.0 MB, and 120.0 MB are free: free some space',
  );
});

test('what became of a text is said with the kinds of its files', () => {
  const outputs = ['a-01.mp3', 'a-02.mp3', 'a-01.srt', 'a-02.srt'].map((name) => ({
    ...{ name, path: `/audio/${name}`, downloadPath: null },
  }));
  const { items } = queueOf(false, { kind: 'done', outputs, durationMs: 60_000, bytes: 2_000_000 });
  expect(items.map(itemFacts)).toEqual(['1 minute of audio · MP3, SRT · 2.0 MB · 4 files']);
});
