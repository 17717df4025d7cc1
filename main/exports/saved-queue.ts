import { WireError } from '../../protocol/errors.ts';
import {
  DEFAULT_EXPORT_CHOICES,
  ExportChoices,
  ExportQueueState,
  QueueItem,
} from '../../protocol/model/export-queue.ts';
import { z } from '../../protocol/schema.ts';
import type { Leftover } from './leftover.ts';
import type { QueueEntry } from './queue-entry.ts';
import { type QueuedText, textOfLeftover } from './queued-text.ts';

/** Keys that it does not know do not matter: another version of Aside may have written it. */
const SavedItem = z.object({
  /** Of the text; where a text is kept, that is its file's name. */
  key: z.uuid(),
  name: QueueItem.shape.name,
  folder: QueueItem.shape.folder,
  sizeBytes: QueueItem.shape.sizeBytes,
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('file'), path: z.string() }),
    z.object({ kind: z.literal('kept') }),
  ]),
  /** Why it was not made; null where nothing has failed. */
  error: z.catch(z.nullable(WireError), null),
});
type SavedItem = z.infer<typeof SavedItem>;

const { format, split, timedText } = DEFAULT_EXPORT_CHOICES;
const SavedChoices = z.object({
  format: z.catch(ExportChoices.shape.format, format),
  split: z.catch(ExportChoices.shape.split, split),
  timedText: z.catch(ExportChoices.shape.timedText, timedText),
});

/** As it is on disk. */
const SavedList = z.object({
  choices: z.catch(SavedChoices, DEFAULT_EXPORT_CHOICES),
  outDir: z.catch(ExportQueueState.shape.outDir, null),
  items: z.array(z.unknown()),
});

/** What outlives a run of Aside: what was chosen, and the texts that are not yet made. */
export interface SavedQueue extends Omit<z.infer<typeof SavedList>, 'items'> {
  readonly items: readonly SavedItem[];
  /** What this version cannot read stays in the list as it is, for one that can. */
  readonly unread: readonly unknown[];
}

/** What can be read of a list; what was chosen and cannot be read has its default. Throws when it is no list. */
export function parseSavedQueue(json: string): SavedQueue {
  const { items: all, ...chosen } = SavedList.parse(JSON.parse(json));
  const unread: unknown[] = [];
  const items = all.flatMap((raw) => {
    const item = SavedItem.safeParse(raw);
    if (!item.success) unread.push(raw);
    return item.success ? [item.data] : [];
  });
  return { ...chosen, items, unread };
}

export function formatSavedQueue({ items, unread, ...chosen }: SavedQueue): string {
  return JSON.stringify({ ...chosen, items: [...items, ...unread] });
}

const Keyed = z.object({ key: z.string() });

/** Of all texts in the list. */
export function keysOf({ items, unread }: SavedQueue): ReadonlySet<string> {
  const unreadKeys = unread.flatMap((raw) => Keyed.safeParse(raw).data?.key ?? []);
  return new Set([...items.map(({ key }) => key), ...unreadKeys]);
}

/** The queue as it is now. */
export interface QueueSnapshot extends Pick<SavedQueue, 'choices' | 'outDir'> {
  readonly entries: readonly QueueEntry[];
}

/** `unread`: of the list that was there before. */
export function savedQueueOf({ choices, outDir, entries }: QueueSnapshot, unread: readonly unknown[]): SavedQueue {
  return { choices, outDir, items: entries.flatMap(savedItemOf), unread };
}

function savedItemOf({ text, state, isMade, resumes }: QueueEntry): SavedItem[] {
  const { key, name, folder, sizeBytes, source } = text;
  // What another made, as a command, tells of itself by its work. And what is in memory only ends with it.
  const isOurs = resumes === null || resumes.queueKey === key;
  const isLeft = !isMade && state.kind !== 'done' && state.kind !== 'cancelled';
  if (!isOurs || !isLeft || source.kind === 'bytes') return [];
  const error = state.kind === 'failed' ? state.error : null;
  const savedSource = source.kind === 'kept' ? { kind: source.kind } : source;
  return [{ key, name, folder, sizeBytes, source: savedSource, error }];
}

type Restored = Pick<QueueEntry, 'text' | 'resumes' | 'state'>;

/**
 * The items of an earlier run in their order, each with what was done of it, then what others have left. Nothing of it is
 * made before somebody asks for it. `keptPathOf` tells where the kept text with a key is.
 */
export function restoredItems(
  items: SavedQueue['items'],
  leftovers: readonly Leftover[],
  keptPathOf: (key: string) => string,
): Restored[] {
  const beginnings = new Map(leftovers.toReversed().map((one) => [one.queueKey, one])); // of several the first
  const own = new Set(items.map(({ key }) => beginnings.get(key)));
  const others = leftovers.filter((one) => !own.has(one));
  return [
    ...items.map(({ error, source, ...rest }): Restored => {
      const path = source.kind === 'kept' ? keptPathOf(rest.key) : source.path;
      const text: QueuedText = { ...rest, source: { kind: source.kind, path } };
      const resumes = beginnings.get(rest.key) ?? null;
      if (error) return { text, resumes, state: { kind: 'failed', error } }; // a retry goes on from there
      return { text, resumes, state: stateOf(resumes) };
    }),
    ...others.map((resumes) => ({ text: textOfLeftover(resumes), resumes, state: stateOf(resumes) })),
  ];
}

function stateOf(leftover: Leftover | null): QueueEntry['state'] {
  return leftover?.progress ? { kind: 'paused', progress: leftover.progress } : { kind: 'waiting' };
}
