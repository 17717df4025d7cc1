import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import {
  EMPTY_EXPORT_QUEUE,
  type ExportQueueState,
  type QueueItem,
} from '../../../../../protocol/model/export-queue.ts';
import type { QueuePanelState } from '../../../../../renderer/features/exports/queue.ts';
import { createUnfinishedNews } from '../../../../../renderer/features/exports/unfinished-news.ts';
import { createNotices } from '../../../../../renderer/features/notices/notices.ts';

const PAUSED: QueueItem['state'] = { kind: 'paused', progress: null };
const WAITING: QueueItem['state'] = { kind: 'waiting' };

function queueOf(states: readonly QueueItem['state'][], isRunning = false): ExportQueueState {
  const base = { name: 'a.txt', folder: '', sizeBytes: 9, kinds: ['wav'], keepsMarkup: false, littleRoom: null };
  const items = states.map((state, index) => ({ ...base, id: index + 1, state }));
  return { ...EMPTY_EXPORT_QUEUE, items, isRunning };
}

function createTold() {
  const notices = createNotices();
  let opened = 0;
  const panel = createStore<QueuePanelState>(() => ({ isOpen: false, queue: EMPTY_EXPORT_QUEUE }));
  const open = (): void => {
    opened += 1;
    panel.setState({ isOpen: true });
  };
  const tell = createUnfinishedNews(notices, open, panel);
  const changed = (queue: ExportQueueState): void => panel.setState({ queue });
  const shown = () => notices.store.getState();
  return {
    tell,
    changed,
    shown,
    told: () => shown().map(({ title, detail }) => `${title}: ${detail}`),
    opened: () => opened,
  };
}

const kept = (them: string) =>
  `What is done of ${them} is kept. The export queue goes on from there, or removes ${them}.`;

test.each([
  ['nothing', [], []],
  ['a text that waits', [WAITING], ['A text waits in the export queue: Nothing is made before you start it.']],
  ['texts that wait', [WAITING, WAITING], ['2 texts wait in the export queue: Nothing is made before you start it.']],
  ['an export that was interrupted', [PAUSED], [`An export is not finished: ${kept('it')}`]],
  [
    'both',
    [PAUSED, PAUSED, WAITING],
    [`2 exports are not finished: ${kept('them')} A text waits in the export queue, not begun.`],
  ],
] as const)('of %s', (_, states, expected) => {
  const { tell, told } = createTold();
  tell(queueOf(states));
  expect(told()).toEqual(expected);
});

test('not while the queue is at work', () => {
  const { tell, told } = createTold();
  tell(queueOf([PAUSED, WAITING], true));
  expect(told()).toEqual([]);
});

test('once, until somebody has seen to it: nothing is left, the queue runs, or is opened', () => {
  for (const done of [queueOf([]), queueOf([WAITING], true)]) {
    const { tell, changed, told } = createTold();
    tell(queueOf([WAITING]));
    changed(queueOf([WAITING, WAITING]));
    expect(told()).toHaveLength(1);
    changed(done);
    tell(queueOf([WAITING]));
    expect(told()).toEqual([]);
  }
  const { tell, shown, opened } = createTold();
  tell(queueOf([WAITING]));
  shown()[0]?.action?.run();
  expect([shown(), opened()]).toEqual([[], 1]);
});
