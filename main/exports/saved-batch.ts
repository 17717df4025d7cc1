import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AudioFormat } from '../../protocol/model/audio-format.ts';
import { ExportSplit } from '../../protocol/model/export.ts';
import { Prosody } from '../../protocol/model/prosody.ts';
import { VoiceId } from '../../protocol/model/voice.ts';
import { z } from '../../protocol/schema.ts';
import type { BatchItem } from './export-batch.ts';
import { isThere } from './free-targets.ts';
import { NamesInFolders } from './names-in-folders.ts';
import { placeOf } from './target-place.ts';
import { TIMED_TEXT_KINDS } from './timed-text/timed-text-format.ts';
import { BATCH, isWorkedOn, JOB, WORK_SUFFIX } from './work-folder.ts';

/** What a batch was told to make: enough to make the rest of it. Keys that a later version has added do not matter. */
export const SavedBatch = z.object({
  voiceId: VoiceId,
  prosody: Prosody,
  format: AudioFormat,
  split: ExportSplit,
  /** Absent: each has its own. */
  title: z.exactOptional(z.string()),
  author: z.exactOptional(z.string()),
  /** Beside each audio file. Absent: none. */
  subtitles: z.exactOptional(z.enum(TIMED_TEXT_KINDS)),
  cueLimits: z.object({ maxLineChars: z.int().check(z.minimum(1)), maxLines: z.int().check(z.minimum(1)) }),
  onError: z.enum(['stop', 'skip']),
  /** The texts and what is made of each, by absolute paths, in their order. */
  items: z.array(z.object({ input: z.string(), out: z.string() })),
});
export type SavedBatch = z.infer<typeof SavedBatch>;

export interface FoundBatch {
  readonly batch: SavedBatch;
  /** Of the file system that the audio is on. */
  readonly begunMs: number;
}

/**
 * What lies in the folder `path`: `none` where it was killed before it had begun, `other` what another version has written,
 * or what cannot be read now.
 */
export async function readBatch(path: string): Promise<FoundBatch | 'none' | 'other'> {
  const file = join(path, BATCH);
  try {
    const [json, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    const { data: batch } = SavedBatch.safeParse(JSON.parse(json));
    return batch ? { batch, begunMs: mtimeMs } : 'other';
  } catch (error) {
    const isHalf = error instanceof SyntaxError;
    return isHalf || (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'other';
  }
}

/**
 * The texts that are still to be made. A file that has come since the batch was begun is not: the batch has made it, or
 * somebody has who wanted something else. Nor is one with work of its own, which is gone on with by itself, or which
 * another run has.
 */
export async function itemsLeft(found: FoundBatch): Promise<BatchItem[]> {
  const look = lookAt(found);
  const left: BatchItem[] = [];
  for (const item of found.batch.items) {
    if (!(await isMade(item, found, look)) && !(await hasOwnWork(item, look.names))) left.push(item);
  }
  return left;
}

/** The texts that have no file yet, with or without work of their own. */
export async function itemsNotMade(found: FoundBatch): Promise<BatchItem[]> {
  const look = lookAt(found);
  const made = await Promise.all(found.batch.items.map((item) => isMade(item, found, look)));
  return found.batch.items.filter((_, at) => !made[at]);
}

/** What is looked up for all texts at once: a batch may have thousands. */
interface Look {
  readonly names: NamesInFolders;
  readonly stems: ReadonlySet<string>;
}

function lookAt({ batch }: FoundBatch): Look {
  return { names: new NamesInFolders(), stems: new Set(batch.items.map(({ out }) => stemOf(out))) };
}

async function isMade({ out }: BatchItem, { batch, begunMs }: FoundBatch, look: Look): Promise<boolean> {
  const files = batch.split.by === 'nothing' ? [out] : await firstPartsOf(out, look);
  for (const file of files) {
    if (!(await look.names.mayHave(file))) continue;
    const stats = await stat(file).catch(() => null);
    if (stats !== null && stats.mtimeMs >= begunMs) return true;
  }
  return false;
}

/** `Book-01 Intro-01 One.mp3` is a part of `Book-01 Intro.mp3` where there is that, and not of `Book.mp3`. */
async function firstPartsOf(out: string, { names, stems }: Look): Promise<string[]> {
  const found = await names.firstPartsOf(out);
  const { length } = stemOf(out);
  const beginnings = (file: string): string[] =>
    [...file.matchAll(/-/gu)].filter(({ index }) => index > length).map(({ index }) => file.slice(0, index));
  return found.filter((file) => !beginnings(file).some((longer) => stems.has(longer)));
}

/** The path without its extension. */
const stemOf = (path: string): string => path.slice(0, path.length - extname(path).length);

/** A folder in which nothing was begun when it was left tells nobody of the text. */
async function hasOwnWork({ out }: BatchItem, names: NamesInFolders): Promise<boolean> {
  const isTarget = await names.mayHave(out);
  const place = isTarget ? await placeOf(out).catch(() => out) : out;
  const folder = `${place}${WORK_SUFFIX}`;
  if (place === out && !(await names.mayHave(folder))) return false;
  return (await isThere(join(folder, JOB))) || (await isWorkedOn(folder));
}
