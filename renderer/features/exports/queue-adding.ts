import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MainLink } from '../../connection/main-link.ts';
import type { Announcer } from '../notices/announcer.ts';
import type { Notices } from '../notices/notices.ts';
import type { GivenFile } from './given-files.ts';
import { type HandedOver, handOver } from './hand-over.ts';

export interface QueueAddingParts {
  readonly link: MainLink;
  readonly notices: Notices;
  readonly announcer: Announcer;
  /** Whether main can show a dialog. */
  hasDialogs(): boolean;
  pickFiles(from: 'files' | 'folder'): Promise<readonly GivenFile[]>;
}

export interface QueueAdding {
  /** True while files are on their way to main. */
  readonly store: StoreApi<boolean>;
  /** Lets the user choose, by the system's dialog where there is one. Rejects with main's error. */
  choose(from: 'files' | 'folder'): Promise<void>;
  /** What the browser was given. Rejects with main's error. */
  add(given: readonly GivenFile[]): Promise<void>;
}

export const QUEUE_NOTICE = 'export-queue';

/** Brings texts into main's queue, and tells how many, and why not. */
export function createQueueAdding(parts: QueueAddingParts): QueueAdding {
  const { link, notices, announcer } = parts;
  const store = createStore(() => false);

  function tell({ added, isFull, refused }: HandedOver): void {
    if (added > 0) announcer.say(`${added} ${added === 1 ? 'text' : 'texts'} added to the export queue`);
    const [first] = refused;
    const shown = { key: QUEUE_NOTICE, lastsMs: null };
    if (first && refused.length === 1) {
      notices.problem(QUEUE_NOTICE, first);
    } else if (first) {
      const title = `${refused.length} files were not added`;
      notices.show({ ...shown, intent: 'error', title, detail: `The first: ${first.message} ${first.remedy}` });
    } else if (isFull) {
      const detail = 'The rest was not added. Clear what is finished, then add it.';
      notices.show({ ...shown, intent: 'warning', title: 'The export queue is full', detail });
    } else {
      notices.dismiss(QUEUE_NOTICE);
    }
  }

  async function add(given: readonly GivenFile[]): Promise<void> {
    if (given.length === 0) return;
    store.setState(true, true);
    try {
      tell(await handOver(link, given));
    } finally {
      store.setState(false, true);
    }
  }

  async function choose(from: 'files' | 'folder'): Promise<void> {
    if (!parts.hasDialogs()) return add(await parts.pickFiles(from));
    tell({ ...(await link.request('exports.choose-texts', { from })), refused: [] });
  }

  return { store, add, choose };
}
