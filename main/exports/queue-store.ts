import { join } from 'node:path';
import { type AsideError, toWireError, type WireError } from '../../protocol/errors.ts';
import { type DataFile, type DataFileOptions, openDataFile } from '../files/data-file.ts';
import { findAside } from '../files/set-aside.ts';
import { reasonOf } from '../files/why-not-saved.ts';
import type { Leftover } from './leftover.ts';
import { anotherHasIt, cannotKeep, cannotReadAll, noPlace } from './queue-problems.ts';
import { QueueTexts } from './queue-texts.ts';
import type { QueuedText } from './queued-text.ts';
import { RefreshedLock } from './refreshed-lock.ts';
import {
  formatSavedQueue,
  keysOf,
  parseSavedQueue,
  type QueueSnapshot,
  restoredItems,
  type SavedQueue,
  savedQueueOf,
} from './saved-queue.ts';

/**
 * The export queue on disk, so that a run that ends, however it does, leaves it to the next:
 *
 *   queue/queue.json   what was chosen, and the texts that are not made yet (`SavedQueue`)
 *   queue/texts/<key>  what a page has handed over, each before queue.json names it
 *   queue/lock         held by the run whose queue it is: a second Aside beside it keeps its own in memory, and says so
 */
export interface QueueStore {
  /** What an earlier run has left, for `ExportQueue.restore`. */
  restored(leftovers: readonly Leftover[]): RestoredQueue;
  /** What could not be read at the start. Told once. */
  takeNotices(): WireError[];
  /** Puts a text that is in memory into a file. Where that cannot be, it stays in memory, and its user is told. Never rejects. */
  keep(text: QueuedText): Promise<QueuedText>;
  /** Removes kept texts that did not come into the queue. Never rejects. */
  drop(texts: readonly QueuedText[]): Promise<void>;
  /** Returns at once; it is on disk some 300 ms later. Then texts that are in it no more are removed. */
  save(queue: QueueSnapshot): void;
  /** Resolves when all is on disk, or has failed and was reported. Never rejects. */
  flush(): Promise<void>;
  /** Writes what is left to write, and leaves the queue to the next run. Never rejects. */
  close(): Promise<void>;
}

export interface RestoredQueue {
  readonly chosen: Pick<SavedQueue, 'choices' | 'outDir'> | null;
  readonly items: ReturnType<typeof restoredItems>;
}

/** Of a run whose queue ends with it. */
export const UNSAVED_QUEUE: QueueStore = unsavedQueue();

/** `why`: for its user. */
function unsavedQueue(why?: AsideError): QueueStore {
  return {
    restored: (leftovers) => ({ chosen: null, items: restoredItems([], leftovers, String) }),
    takeNotices: createNotices(why),
    keep: (text) => Promise.resolve(text),
    drop: () => Promise.resolve(),
    save: () => {},
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function createNotices(...found: readonly (AsideError | undefined)[]): () => WireError[] {
  let notices = found.flatMap((problem) => (problem ? [toWireError(problem)] : []));
  return () => {
    const taken = notices;
    notices = [];
    return taken;
  };
}

export interface QueueStoreOptions extends Pick<DataFileOptions<SavedQueue>, 'onProblem' | 'log'> {
  /** An absolute path; made when it is missing. */
  readonly dir: string;
}

/** Opens the queue in `dir`. A file that is no queue is set aside. Never rejects. */
export async function openQueueStore({ dir, onProblem, log }: QueueStoreOptions): Promise<QueueStore> {
  const folder = join(dir, 'queue');
  let onLost = (): void => {};
  const lock = new RefreshedLock(join(folder, 'lock'), () => onLost());
  const texts = new QueueTexts(join(folder, 'texts'));
  try {
    await texts.makeFolder();
    if (!(await lock.take())) {
      log.info('the export queue is not kept: that of another Aside is', { folder });
      return unsavedQueue(anotherHasIt(folder));
    }
  } catch (error) {
    log.warn('the export queue is not kept: there is no place for it', { folder, error });
    return unsavedQueue(noPlace(folder, error));
  }
  const path = join(folder, 'queue.json');
  const file = await openDataFile<SavedQueue>({
    path,
    what: 'export queue',
    parse: parseSavedQueue,
    format: (queue) => [formatSavedQueue(queue)],
    delayMs: 300,
    maxDelayMs: 1_000,
    onProblem,
    mayWrite: () => lock.check(),
    onSaved: (queue) => texts.listed(keysOf(queue)),
    log,
  });
  const { loaded, notice } = file;
  // A list that was set aside, now or by an earlier run, may be put back by its user, with its texts.
  const isAside = notice !== undefined || (await findAside(path).catch(() => [path])).length > 0;
  if (!isAside) await texts.removeAllBut(loaded ? keysOf(loaded) : new Set());
  const unread = loaded?.unread.length ? cannotReadAll(path, loaded) : undefined;
  if (unread) log.warn(unread.message, unread.details);
  const kept = keptIn({ texts, file, lock, onProblem });
  onLost = () => {
    kept.letGo();
    onProblem(anotherHasIt(folder));
  };
  return { ...kept.store, takeNotices: createNotices(notice, unread) };
}

interface KeptQueue extends Pick<QueueStoreOptions, 'onProblem'> {
  readonly texts: QueueTexts;
  readonly file: DataFile<SavedQueue>;
  readonly lock: RefreshedLock;
}

/** `letGo`: nothing of it is written any more. */
function keptIn({ texts, file, lock, onProblem }: KeptQueue): {
  store: Omit<QueueStore, 'takeNotices'>;
  letGo(): void;
} {
  let lastReason: string | null = null;
  let isClosed = false;
  const store: Omit<QueueStore, 'takeNotices'> = {
    restored: (leftovers) => ({
      chosen: file.loaded ?? null,
      items: restoredItems(file.loaded?.items ?? [], leftovers, (key) => texts.pathOf(key)),
    }),
    keep: async (text) => {
      if (isClosed || text.source.kind !== 'bytes') return text;
      try {
        await texts.write(text.key, text.source.bytes);
        lastReason = null;
        return { ...text, source: { kind: 'kept', path: texts.pathOf(text.key) } };
      } catch (cause) {
        const reason = reasonOf(cause);
        if (reason !== lastReason) onProblem(cannotKeep(texts.dir, reason, cause)); // not of each of a hundred
        lastReason = reason;
        return text;
      }
    },
    drop: (unwanted) => texts.remove(unwanted.map(({ key }) => key)),
    save: (queue) => {
      if (isClosed) return;
      texts.need(new Set(queue.entries.map(({ text }) => text.key)));
      file.save(savedQueueOf(queue, file.loaded?.unread ?? []));
    },
    flush: file.flush,
    close: async () => {
      isClosed = true;
      await file.flush();
      await lock.drop();
    },
  };
  const letGo = (): void => {
    isClosed = true;
  };
  return { store, letGo };
}
