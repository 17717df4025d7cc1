import { join } from 'node:path';
import { BatchFolder } from './batch-folder.ts';
import type { BatchItem } from './export-batch.ts';
import { type FolderNote, FolderNotes } from './folder-notes.ts';
import { type FoundBatch, itemsLeft, readBatch, type SavedBatch } from './saved-batch.ts';
import { discardLeft, isWorkedOn, isWorkFolder } from './work-folder.ts';

/** A batch that was interrupted, and that nobody works at. */
export interface UnfinishedBatch {
  /** Its folder. */
  readonly folder: string;
  readonly batch: SavedBatch;
  /** What is still to be made, at least one. */
  readonly left: readonly BatchItem[];
}

/** Remembers where batches are at work, so that the rest of one whose process was killed can be made. */
export class UnfinishedBatches {
  readonly #notes: FolderNotes;

  constructor(dataDir: string) {
    this.#notes = new FolderNotes(join(dataDir, 'unfinished-batches'));
  }

  /** A folder for a new batch. Null where there is no place for it: the texts themselves then tell what is wrong. */
  open(outDir: string): Promise<BatchFolder | null> {
    return BatchFolder.open(outDir, this.#notes).catch(() => null);
  }

  /** Rejects with `refused` (`target-busy`) while another run goes on with it. */
  goOn({ folder }: UnfinishedBatch): Promise<BatchFolder> {
    return BatchFolder.goOn(folder, this.#notes);
  }

  /**
   * Those of which something is left, the newest first. Of texts that are in several the newest has the say. Removes the
   * others, and forgets those that are gone.
   */
  async list(): Promise<UnfinishedBatch[]> {
    const found = await this.#found();
    const unfinished: UnfinishedBatch[] = [];
    const taken = new Set<string>();
    for (const { note, folder, begun } of found.toSorted((a, b) => begunMs(b) - begunMs(a))) {
      const left = (begun === null ? [] : await itemsLeft(begun)).filter(({ out }) => !taken.has(out));
      for (const { out } of left) taken.add(out);
      if (begun !== null && left.length > 0) unfinished.push({ folder, batch: begun.batch, left });
      else if (await discardLeft(folder)) await this.#notes.remove(note);
    }
    return unfinished;
  }

  /** What nobody works at, and this version understands; null for one that was killed before it was remembered. */
  async #found(): Promise<{ note: FolderNote; folder: string; begun: FoundBatch | null }[]> {
    const found: { note: FolderNote; folder: string; begun: FoundBatch | null }[] = [];
    for (const note of await this.#notes.list()) {
      const { folder } = note;
      if (folder === null || !(await isWorkFolder(folder))) {
        await this.#notes.removeGone(note);
        continue;
      }
      if (await isWorkedOn(folder)) continue;
      const begun = await readBatch(folder);
      if (begun !== 'other') found.push({ note, folder, begun: begun === 'none' ? null : begun });
    }
    return found;
  }

  /** Removes it for good; what it has made stays. Rejects with `refused` while another run goes on with it. */
  async discard(one: UnfinishedBatch): Promise<void> {
    await (await this.goOn(one)).leave(false);
  }
}

const begunMs = ({ begun }: { begun: FoundBatch | null }): number => begun?.begunMs ?? 0;
