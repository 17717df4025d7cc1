import { join } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import { createSaver } from '../files/saver.ts';
import { BatchFolder } from './batch-folder.ts';
import type { BatchItem } from './export-batch.ts';
import { type FolderNote, FolderNotes } from './folder-notes.ts';
import { type FoundBatch, itemsLeft, readBatch } from './saved-batch.ts';
import { discardLeft, isWorkedOn } from './work-folder.ts';

/** A batch that was interrupted, and that nobody works at. */
export interface UnfinishedBatch extends FoundBatch {
  /** Its folder. */
  readonly folder: string;
  /** What is still to be made, at least one. */
  readonly left: readonly BatchItem[];
}

/** Remembers where batches are at work, so that the rest of one whose process was killed can be made. */
export class UnfinishedBatches {
  readonly #notes: FolderNotes;
  /** Another batch with the same text was asked for since, and is another matter. */
  readonly #listed = new Set<string>();
  readonly #dropped = new Set<string>();
  /** Many at a time: a batch that is changed is nobody else's for that moment. */
  readonly #dropper = createSaver<ReadonlySet<string>>({
    write: (outs) => this.#dropNow(outs),
    delayMs: 300,
    maxDelayMs: 2_000,
    onFailure: () => {}, // it is offered again
  });

  constructor(dataDir: string) {
    this.#notes = new FolderNotes(join(dataDir, 'unfinished-batches'));
  }

  /** A folder for a new batch. Null where there is no place for it: the texts themselves then tell what is wrong. */
  open(outDir: string): Promise<BatchFolder | null> {
    return BatchFolder.open(outDir, this.#notes).catch(() => null);
  }

  /**
   * With what is still to be made by now, perhaps nothing. Rejects with `refused` (`target-busy`) while another run goes on
   * with it, and with `file` where it cannot be read.
   */
  async goOn({ folder: path, left }: UnfinishedBatch): Promise<{ folder: BatchFolder; left: BatchItem[] }> {
    const folder = await BatchFolder.goOn(path, this.#notes);
    const begun = await readBatch(path);
    if (begun === 'other') {
      await folder.leave(true);
      throw unreadable(path);
    }
    const now = new Set(begun === 'none' ? [] : (await itemsLeft(begun)).map(({ out }) => out));
    return { folder, left: left.filter(({ out }) => now.has(out)) };
  }

  /**
   * Those of which something is left, the newest first. Of texts that are in several the newest has the say, also one that
   * is worked at. Removes the others, and forgets those that are gone.
   */
  async list(): Promise<UnfinishedBatch[]> {
    const found = await this.#found();
    const unfinished: UnfinishedBatch[] = [];
    const taken = new Set<string>();
    for (const { note, begun, isBusy } of found.toSorted((a, b) => begunMs(b) - begunMs(a))) {
      const left = (begun === null ? [] : await itemsLeft(begun)).filter(({ out }) => !taken.has(out));
      for (const { out } of left) taken.add(out);
      if (isBusy) continue;
      if (begun !== null && left.length > 0) unfinished.push({ ...begun, folder: note.folder, left });
      else if (await discardLeft(note.folder)) await this.#notes.remove(note);
    }
    for (const { folder } of unfinished) this.#listed.add(folder);
    return unfinished;
  }

  /** Ends those of which nothing is left but what another run has tried since: it has told what became of that. */
  async endThoseOf(outs: readonly string[]): Promise<void> {
    const tried = new Set(outs);
    for (const one of await this.list()) {
      if (one.left.every(({ out }) => tried.has(out))) await this.discard(one).catch(() => {}); // gone on with meanwhile
    }
  }

  /**
   * Nobody is to make `out` any more of the batches that `list` has told of: it is made, or not wanted. Returns at once; it
   * is on disk within two seconds, or with `flush`. A run that has gone on with its batch meanwhile makes it all the same.
   */
  drop(out: string): void {
    this.#dropped.add(out);
    this.#dropper.save(new Set(this.#dropped));
  }

  /** Resolves when what was dropped is off the disk, but for what another run has. Never rejects. */
  flush(): Promise<void> {
    return this.#dropper.flush();
  }

  /** Rejects where a batch could not be changed: it is tried again with the next, or by `flush`. */
  async #dropNow(outs: ReadonlySet<string>): Promise<void> {
    const failures: unknown[] = [];
    for (const { note, begun } of await this.#found()) {
      const isOffered = this.#listed.has(note.folder);
      if (!isOffered || !begun?.batch.items.some(({ out }) => outs.has(out))) continue;
      await this.#dropFrom(note.folder, outs).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
    for (const out of outs) this.#dropped.delete(out);
  }

  async #dropFrom(path: string, outs: ReadonlySet<string>): Promise<void> {
    const folder = await BatchFolder.goOn(path, this.#notes);
    let isLeft = true;
    try {
      isLeft = await folder.drop(outs);
    } finally {
      await folder.leave(isLeft);
    }
  }

  /** What this version understands. */
  async #found(): Promise<Found[]> {
    const found: Found[] = [];
    for (const note of await this.#notes.list()) {
      const isBusy = await isWorkedOn(note.folder);
      const begun = await readBatch(note.folder);
      if (begun !== 'other') found.push({ note, begun: begun === 'none' ? null : begun, isBusy });
    }
    return found;
  }

  /** Removes it for good; what it has made stays. Rejects with `refused` while another run goes on with it. */
  async discard(one: UnfinishedBatch): Promise<void> {
    await (await this.goOn(one)).folder.leave(false);
  }
}

interface Found {
  readonly note: FolderNote;
  /** Null for one that was killed before it was remembered. */
  readonly begun: FoundBatch | null;
  /** Somebody works at it. */
  readonly isBusy: boolean;
}

const begunMs = ({ begun }: Found): number => begun?.begunMs ?? 0;

function unreadable(path: string): AsideError<'file'> {
  return new AsideError('file', `The list of texts in ${path} cannot be read`, {
    details: { path, reason: 'unreadable' },
    remedy: 'Check the disk, and try again; or export the texts anew.',
  });
}
