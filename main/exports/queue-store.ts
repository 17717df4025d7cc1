import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toWireError, type WireError } from '../../protocol/errors.ts';
import { type DataFile, type DataFileOptions, openDataFile } from '../files/data-file.ts';
import { FolderLock } from './folder-lock.ts';
import type { QueuedText } from './queued-text.ts';
import { type QueueSnapshot, restoredItems, SavedQueue, savedQueueOf } from './saved-queue.ts';
import type { UnfinishedExport } from './unfinished-exports.ts';

/**
 * The export queue on disk, so that a run that ends, however it does, leaves it to the next:
 *
 *   queue/queue.json   what was chosen, and the texts that are not made yet (`SavedQueue`)
 *   queue/texts/<key>  what a page has handed over, each before queue.json names it
 *   queue/lock         held by the run whose queue it is: a second Aside beside it keeps its own in memory
 */
export interface QueueStore {
  /** What an earlier run has left, for `ExportQueue.restore`. */
  restored(begun: readonly UnfinishedExport[]): RestoredQueue;
  /** What was set aside at the start. Told once. */
  takeNotices(): WireError[];
  /** Puts a text that is in memory into a file. Where that cannot be, it stays in memory. Never rejects. */
  keep(text: QueuedText): Promise<QueuedText>;
  /** Removes kept texts that did not come into the queue. Never rejects. */
  drop(texts: readonly QueuedText[]): Promise<void>;
  /** Returns at once; it is on disk some 300 ms later. Texts that are in it no more are removed. */
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
export const UNSAVED_QUEUE: QueueStore = {
  restored: (begun) => ({ chosen: null, items: restoredItems([], begun, String) }),
  takeNotices: () => [],
  keep: (text) => Promise.resolve(text),
  drop: () => Promise.resolve(),
  save: () => {},
  flush: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export interface QueueStoreOptions extends Pick<DataFileOptions<SavedQueue>, 'onProblem' | 'log'> {
  /** An absolute path; made when it is missing. */
  readonly dir: string;
}

/** Opens the queue in `dir`. A file that is no queue is set aside. Never rejects. */
export async function openQueueStore({ dir, onProblem, log }: QueueStoreOptions): Promise<QueueStore> {
  const folder = join(dir, 'queue');
  const lock = new FolderLock(join(folder, 'lock'));
  try {
    await mkdir(textsIn(folder), { recursive: true, mode: 0o700 }); // what people write is nobody else's business
    if (!(await lock.take())) {
      log.info('the export queue is not kept: that of another Aside is', { folder });
      return UNSAVED_QUEUE;
    }
  } catch (error) {
    log.warn('the export queue is not kept: there is no place for it', { folder, error });
    return UNSAVED_QUEUE;
  }
  const file = await openDataFile<SavedQueue>({
    path: join(folder, 'queue.json'),
    what: 'export queue',
    parse: (json) => SavedQueue.parse(JSON.parse(json)),
    format: (queue) => [JSON.stringify(queue)],
    delayMs: 300,
    maxDelayMs: 1_000,
    onProblem,
    log,
  });
  const { loaded, notice } = file;
  // A list that was set aside may be put back by its user, with its texts.
  if (!notice) await removeTexts(folder, await strayTexts(folder, loaded));
  return keptIn(folder, file, lock);
}

function keptIn(folder: string, file: DataFile<SavedQueue>, lock: FolderLock): QueueStore {
  const pathOf = (key: string): string => join(textsIn(folder), key);
  let notices = file.notice ? [toWireError(file.notice)] : [];
  let kept = new Set<string>();
  let isClosed = false;
  return {
    restored: (begun) => ({
      chosen: file.loaded ?? null,
      items: restoredItems(file.loaded?.items ?? [], begun, pathOf),
    }),
    takeNotices: () => {
      const taken = notices;
      notices = [];
      return taken;
    },
    keep: async (text) => {
      if (text.source.kind !== 'bytes') return text;
      const path = pathOf(text.key);
      const isWritten = await writeFile(path, text.source.bytes, { mode: 0o600 }).then(
        () => true,
        () => false, // a full disk: saving the list tells
      );
      return isWritten ? { ...text, source: { kind: 'kept', path } } : text;
    },
    drop: (texts) =>
      removeTexts(
        folder,
        texts.map(({ key }) => key),
      ),
    save: (queue) => {
      if (isClosed) return;
      const now = new Set(queue.entries.filter(({ text }) => text.source.kind === 'kept').map(({ text }) => text.key));
      const gone = [...kept].filter((key) => !now.has(key));
      kept = now;
      void removeTexts(folder, gone);
      file.save(savedQueueOf(queue));
    },
    flush: file.flush,
    close: async () => {
      isClosed = true;
      await file.flush();
      await lock.drop();
    },
  };
}

function textsIn(folder: string): string {
  return join(folder, 'texts');
}

/** Of runs that were killed before the list named them, or after it named them no more. */
async function strayTexts(folder: string, loaded: SavedQueue | undefined): Promise<string[]> {
  const names = await readdir(textsIn(folder)).catch(() => []);
  const known = new Set(loaded?.items.map(({ key }) => key));
  return names.filter((name) => !known.has(name));
}

async function removeTexts(folder: string, keys: readonly string[]): Promise<void> {
  for (const key of keys) await rm(join(textsIn(folder), key), { force: true }).catch(() => {}); // stray at the next start
}
