import { expect, test } from 'vitest';
import type { QueueItem } from '../../../../../protocol/model/export-queue.ts';
import { EMPTY_EXPORT_QUEUE } from '../../../../../protocol/model/export-queue.ts';
import { createUnfinishedNews } from '../../../../../renderer/features/exports/unfinished-news.ts';
import { createNotices } from '../../../../../renderer/features/notices/notices.ts';

const PAUSED: QueueItem['state'] = { kind: 'paused', progress: null };
const WAITING: QueueItem['state'] = { kind: 'waiting' };

function told(states: readonly QueueItem['state'][], isRunning = false): string[] {
  const notices = createNotices();
  const tell = createUnfinishedNews(notices, () => {});
  const base = { name: 'a.txt', folder: '', sizeBytes: 9, kinds: ['wav'], keepsMarkup: false, littleRoom: null };
  const items = states.map((state, index) => ({ ...base, id: index + 1, state }));
  tell({ ...EMPTY_EXPORT_QUEUE, items, isRunning });
  return notices.store.getState().map(({ title, detail }) => `${title}: ${detail}`);
}

const KEPT = 'What is done of it is kept. The export queue goes on from there, or removes it.';

test.each([
  ['nothing', [], []],
  ['a text that waits', [WAITING], ['A text waits in the export queue: Nothing is made before you start it.']],
  ['texts that wait', [WAITING, WAITING], ['2 texts wait in the export queue: Nothing is made before you start it.']],
  ['an export that was interrupted', [PAUSED], [`An export is not finished: ${KEPT}`]],
  ['both', [PAUSED, WAITING], [`An export is not finished: ${KEPT} A text waits in the export queue.`]],
] as const)('of %s', (_, states, expected) => {
  expect(told(states)).toEqual(expected);
});

test('not while the queue is at work', () => {
  expect(told([PAUSED, WAITING], true)).toEqual([]);
});
