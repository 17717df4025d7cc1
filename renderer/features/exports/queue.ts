import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ExportProgress } from '../../../protocol/model/export.ts';
import {
  EMPTY_EXPORT_QUEUE,
  type ExportChoicesChange,
  type ExportQueueState,
  type QueueItem,
} from '../../../protocol/model/export-queue.ts';
import type { Settings } from '../../../protocol/model/settings.ts';
import { asAsideError } from '../../as-aside-error.ts';
import type { GivenFile } from './given-files.ts';
import { createQueueAdding, QUEUE_NOTICE, type QueueAddingParts } from './queue-adding.ts';
import { queueNews } from './queue-news.ts';
import { sameItems } from './same-items.ts';
import { createUnfinishedNews } from './unfinished-news.ts';

export interface QueuePanelState {
  readonly isOpen: boolean;
  readonly queue: ExportQueueState;
}

export interface QueueFeature {
  readonly store: StoreApi<QueuePanelState>;
  /** True while files are on their way to main. */
  readonly isAdding: StoreApi<boolean>;
  /** Asks main for the queue. Rejects with main's error. */
  load(): Promise<void>;
  toggle(): void;
  close(): void;
  /** By the system's dialog where there is one. */
  chooseTexts(from: 'files' | 'folder'): void;
  /** What the browser was given; opens the panel. */
  addFiles(given: Promise<readonly GivenFile[]>): void;
  chooseFolder(): void;
  setChoices(change: ExportChoicesChange): void;
  start(): void;
  pause(): void;
  /** null: all that wait. */
  cancel(id: number | null): void;
  /** null: all that failed. */
  retry(id: number | null): void;
  remove(id: number): void;
  clear(): void;
  /** By one place. Does nothing at the end of the list. */
  move(id: number, by: -1 | 1): void;
  reveal(id: number): void;
}

export interface QueueParts extends QueueAddingParts {
  readonly settings: StoreApi<Settings>;
  /** The panel takes the room that another has. */
  onOpen(): void;
}

/** The queue of main, as this page shows it. Nothing is decided here: several pages may show the same. */
export function createQueue(parts: QueueParts): QueueFeature {
  const { link, settings, notices, announcer } = parts;
  const store = createStore<QueuePanelState>(() => ({ isOpen: false, queue: EMPTY_EXPORT_QUEUE }));
  const adding = createQueueAdding(parts);
  const tellUnfinished = createUnfinishedNews(notices, () => show(true), store);

  function take(queue: ExportQueueState): void {
    const before = store.getState().queue;
    store.setState({ queue: { ...queue, items: sameItems(before.items, queue.items) } });
    const news = queueNews(before, queue);
    if (news !== null) announcer.say(news);
  }

  function show(isOpen: boolean): void {
    if (isOpen) parts.onOpen();
    store.setState({ isOpen });
  }

  /** Asks, and tells what went wrong. */
  async function ask(request: () => Promise<unknown>): Promise<void> {
    try {
      await request();
    } catch (error) {
      const told = asAsideError(error);
      if (told.code !== 'disconnected') notices.problem(QUEUE_NOTICE, told); // for that there is a banner
    }
  }

  async function addGiven(given: Promise<readonly GivenFile[]>): Promise<void> {
    const files = await given;
    if (files.length > 0) show(true);
    await adding.add(files);
  }

  function move(id: number, by: -1 | 1): void {
    const { items } = store.getState().queue;
    const index = items.findIndex((item) => item.id === id) + by;
    if (index < 0 || index >= items.length) return;
    const name = items[index - by]?.name;
    announcer.say(`${name} is now ${index + 1} of ${items.length}`);
    void ask(() => link.request('exports.move', { id, index }));
  }

  const load = async (): Promise<void> => {
    take(await link.request('exports.list', {}));
    tellUnfinished(store.getState().queue);
  };
  link.on('exports.changed', take);
  link.on('exports.progressed', ({ id, progress }) => take(progressed(store.getState().queue, id, progress)));
  link.onReconnected(() => void ask(load));
  return {
    store,
    isAdding: adding.store,
    load,
    toggle: () => show(!store.getState().isOpen),
    close: () => show(false),
    chooseTexts: (from) => void ask(() => adding.choose(from)),
    addFiles: (given) => void ask(() => addGiven(given)),
    chooseFolder: () => void ask(() => link.request('exports.choose-folder', {})),
    setChoices: (change) => void ask(() => link.request('exports.set-choices', change)),
    start: () => void ask(() => link.request('exports.start', mannerOf(settings.getState()))),
    pause: () => void ask(() => link.request('exports.pause', {})),
    clear: () => void ask(() => link.request('exports.clear', {})),
    retry: (id) => void ask(() => link.request('exports.retry', { id })),
    cancel: (id) => void ask(() => link.request('exports.cancel', { id })),
    remove: (id) => void ask(() => link.request('exports.remove', { id })),
    reveal: (id) => void ask(() => link.request('exports.reveal', { id })),
    move,
  };
}

const mannerOf = ({ voiceId, prosody }: Settings) => ({ voiceId, prosody });

function progressed(queue: ExportQueueState, id: number, progress: ExportProgress): ExportQueueState {
  return { ...queue, items: queue.items.map((item) => (item.id === id ? withProgress(item, progress) : item)) };
}

/** What is no longer running has nothing to do with it. */
function withProgress(item: QueueItem, progress: ExportProgress): QueueItem {
  return item.state.kind === 'running' ? { ...item, state: { kind: 'running', progress } } : item;
}
