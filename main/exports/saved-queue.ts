import { z } from 'zod';
import { WireError } from '../../protocol/errors.ts';
import { ExportChoices, ExportQueueState, MAX_QUEUE_ITEMS, QueueItem } from '../../protocol/model/export-queue.ts';
import type { QueueEntry } from './queue-entry.ts';
import { type QueuedText, textOfUnfinished } from './queued-text.ts';
import { progressOf, type UnfinishedExport } from './unfinished-exports.ts';

const SavedItem = z.strictObject({
  /** Of the text; where a text is kept, that is its file's name. */
  key: z.uuid(),
  name: QueueItem.shape.name,
  folder: QueueItem.shape.folder,
  sizeBytes: QueueItem.shape.sizeBytes,
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('file'), path: z.string() }),
    z.strictObject({ kind: z.literal('kept') }),
  ]),
  /** Why it was not made; null where nothing has failed. */
  error: WireError.nullable(),
});

/** What outlives a run of Aside: what was chosen, and the texts that are not yet made. */
export const SavedQueue = z.strictObject({
  choices: ExportChoices,
  outDir: ExportQueueState.shape.outDir,
  items: z.array(SavedItem).max(MAX_QUEUE_ITEMS),
});
export type SavedQueue = z.infer<typeof SavedQueue>;

/** The queue as it is now. */
export interface QueueSnapshot extends Omit<SavedQueue, 'items'> {
  readonly entries: readonly QueueEntry[];
}

export function savedQueueOf({ choices, outDir, entries }: QueueSnapshot): SavedQueue {
  return { choices, outDir, items: entries.flatMap(savedItemOf) };
}

function savedItemOf({ text, state, isMade, resumes }: QueueEntry): SavedQueue['items'] {
  const { key, name, folder, sizeBytes, source } = text;
  // What another made, as a command, tells of itself by its work. And what is in memory only ends with it.
  const isOurs = resumes === null || resumes.job.queueKey === key;
  const isLeft = !isMade && state.kind !== 'done' && state.kind !== 'cancelled';
  if (!isOurs || !isLeft || source.kind === 'bytes') return [];
  const error = state.kind === 'failed' ? state.error : null;
  const savedSource = source.kind === 'kept' ? { kind: source.kind } : source;
  return [{ key, name, folder, sizeBytes, source: savedSource, error }];
}

type Restored = Pick<QueueEntry, 'text' | 'resumes' | 'state'>;

/**
 * The items of an earlier run in their order, each with what was done of it (`begun`), then what others have begun.
 * Nothing of it is made before somebody asks for it. `keptPathOf` tells where the kept text with a key is.
 */
export function restoredItems(
  items: SavedQueue['items'],
  begun: readonly UnfinishedExport[],
  keptPathOf: (key: string) => string,
): Restored[] {
  const known = new Set(items.map(({ key }) => key));
  const others = begun.filter(({ job }) => job.queueKey === undefined || !known.has(job.queueKey));
  return [
    ...items.map(({ error, source, ...rest }): Restored => {
      const path = source.kind === 'kept' ? keptPathOf(rest.key) : source.path;
      const text: QueuedText = { ...rest, source: { kind: source.kind, path } };
      const resumes = begun.find(({ job }) => job.queueKey === rest.key);
      if (resumes) return pausedAt(text, resumes);
      return { text, resumes: null, state: error ? { kind: 'failed', error } : { kind: 'waiting' } };
    }),
    ...others.map((resumes) => pausedAt(textOfUnfinished(resumes), resumes)),
  ];
}

function pausedAt(text: QueuedText, resumes: UnfinishedExport): Restored {
  return { text, resumes, state: { kind: 'paused', progress: progressOf(resumes) } };
}
