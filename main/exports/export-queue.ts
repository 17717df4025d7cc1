import { basename, dirname } from 'node:path';
import { AsideError, toWireError } from '../../protocol/errors.ts';
import type { Document } from '../../protocol/model/document.ts';
import type { ExportProgress } from '../../protocol/model/export.ts';
import {
  type Added,
  DEFAULT_EXPORT_CHOICES,
  type ExportChoices,
  type ExportChoicesChange,
  type ExportQueueState,
  MAX_QUEUE_ITEMS,
  type StartQueueParams,
} from '../../protocol/model/export-queue.ts';
import type { ExportPlace, ShellServices } from '../shell-services.ts';
import type { ExportNotice } from './export-job.ts';
import { type ExportItemCall, type ItemMaker, PAUSED } from './item-maker.ts';
import type { Leftover } from './leftover.ts';
import { hasWork, isChanged, isDue, isOver, newEntry, outputsOf, type QueueEntry, shownItem } from './queue-entry.ts';
import type { RestoredQueue } from './queue-store.ts';
import { titleFor } from './queue-titles.ts';
import { heldBytes, originOf, type QueuedText } from './queued-text.ts';
import type { QueueSnapshot } from './saved-queue.ts';

/** What pages may leave with Aside, in bytes. */
const MAX_HELD_BYTES = 512 * 1024 * 1024;
/** A page is told that often at most; a progress bar needs no more. */
const PROGRESS_INTERVAL_MS = 200;

export interface ExportQueueParts {
  readonly maker: ItemMaker;
  /** Rejects with `file`. */
  read(text: QueuedText): Promise<Document>;
  /** How many items are made at a time. */
  readonly concurrency: number;
  /** Keeps the queue for a later run. Default: nobody does. */
  save?(queue: QueueSnapshot): void;
  /** Resolves when that is done, or has failed. Never rejects. */
  flush?(): Promise<void>;
  onChange(state: ExportQueueState): void;
  onProgress(id: number, progress: ExportProgress): void;
  now?(): number;
}

/** What a run of the queue needs of the shell whose page started it. */
export interface QueueRun extends StartQueueParams {
  readonly outDir: string | null;
  readonly reserve: ShellServices['reserveExportPlace'];
  readonly adopt: ShellServices['adoptExportPlace'];
}

/**
 * Makes audio of many texts, one after the other, and keeps what became of each until it is removed. Lives as long as
 * the app: pages come and go. What fails is told by its item, and the rest goes on; nothing here throws but `add`.
 */
export class ExportQueue {
  readonly #parts: ExportQueueParts;
  #entries: QueueEntry[] = [];
  #choices: ExportChoices = DEFAULT_EXPORT_CHOICES;
  #outDir: string | null = null;
  #run: QueueRun | null = null;
  #lastId = 0;
  #isClosed = false;
  readonly #making = new Map<QueueEntry, Promise<void>>();
  /** What is being removed. */
  readonly #goings = new Set<Promise<void>>();

  constructor(parts: ExportQueueParts) {
    this.#parts = parts;
  }

  state(): ExportQueueState {
    const items = this.#entries.map((entry) => shownItem(entry, this.#choices));
    return { items, isRunning: this.#run !== null, choices: this.#choices, outDir: this.#outDir };
  }

  /** Puts texts at the end, as many as there is room for. Throws `queue-full` when pages have left too much here. */
  add(texts: readonly QueuedText[]): Added {
    const held = [...this.#entries.map(({ text }) => text), ...texts].reduce((sum, text) => sum + heldBytes(text), 0);
    if (held > MAX_HELD_BYTES) throw tooMuch();
    const taken = texts.slice(0, MAX_QUEUE_ITEMS - this.#entries.length);
    for (const text of taken) {
      this.#lastId += 1;
      this.#entries.push(newEntry(this.#lastId, text, null, { kind: 'waiting' }));
    }
    this.#changed();
    return { added: taken.length, isFull: taken.length < texts.length };
  }

  /**
   * Puts back what earlier runs have left: whoever opens the queue goes on with it or removes it. Returns how many there is
   * no room for.
   */
  restore({ chosen, items }: RestoredQueue): number {
    if (chosen) {
      this.#choices = chosen.choices;
      this.#outDir = chosen.outDir;
    }
    const room = MAX_QUEUE_ITEMS - this.#entries.length;
    for (const { text, resumes, state } of items.slice(0, room)) {
      this.#lastId += 1;
      this.#entries.push(newEntry(this.#lastId, text, resumes, state));
    }
    if (items.length > 0) this.#changed();
    return Math.max(0, items.length - room);
  }

  /** For the items that have not begun. */
  choose(change: ExportChoicesChange): void {
    this.#choices = { ...this.#choices, ...change };
    this.#changed();
  }

  /** From the next start on. */
  setOutDir(outDir: string): void {
    this.#outDir = outDir;
    this.#changed();
  }

  /** Makes what waits, in order. Does nothing when there is nothing to do. */
  start(run: QueueRun): void {
    this.#run = run;
    this.#changed();
  }

  /** Stops what runs; it runs again after the next start. */
  pause(): void {
    this.#run = null;
    for (const entry of this.#entries) {
      if (entry.state.kind !== 'running') continue;
      entry.state = { kind: 'paused', progress: entry.state.progress };
      entry.abort?.abort(PAUSED);
    }
    this.#changed();
  }

  /** null: all that wait. */
  cancel(id: number | null): void {
    for (const entry of this.#entries) {
      const isMeant = id === null ? entry.state.kind === 'waiting' : entry.id === id;
      if (isMeant && !isOver(entry)) this.#abandon(entry);
    }
    this.#changed();
  }

  /** null: all that failed. */
  retry(id: number | null): void {
    for (const entry of this.#entries) {
      const isMeant = id === null ? entry.state.kind === 'failed' : entry.id === id;
      if (!isMeant || !isOver(entry) || entry.state.kind === 'done') continue;
      if (isChanged(entry)) this.#forgetWork(entry);
      entry.state = { kind: 'waiting' };
    }
    this.#changed();
  }

  /** Ends it if it runs; files that are finished stay, but downloads. */
  remove(id: number): void {
    this.#drop((entry) => entry.id === id);
  }

  /** Removes what is done or cancelled. */
  clear(): void {
    this.#drop(({ state }) => state.kind === 'done' || state.kind === 'cancelled');
  }

  /** `index` counts the others. */
  move(id: number, index: number): void {
    const entry = this.#find(id);
    if (!entry) return;
    const others = this.#entries.filter((other) => other !== entry);
    this.#entries = [...others.slice(0, index), entry, ...others.slice(index)];
    this.#changed();
  }

  /** The path of the first file of a finished item; null for any other. */
  pathOf(id: number): string | null {
    const state = this.#find(id)?.state;
    return state?.kind === 'done' ? (state.outputs[0]?.path ?? null) : null;
  }

  /**
   * Ends what runs. What is done of it stays for a later run of Aside; resolves when what nobody wants is gone. Never
   * rejects.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.pause();
    await Promise.all([...this.#making].map(([{ state }, made]) => (state.kind === 'cancelled' ? made : null)));
    await Promise.all(this.#goings);
  }

  #find(id: number): QueueEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  #drop(isMeant: (entry: QueueEntry) => boolean): void {
    const dropped = this.#entries.filter(isMeant);
    this.#entries = this.#entries.filter((entry) => !isMeant(entry));
    for (const entry of dropped) {
      this.#abandon(entry);
      if (entry.resumes) this.#parts.maker.forget(entry.resumes);
    }
    this.#changed();
  }

  /** Ends an entry that nobody wants. What is finished stays where the user has it. */
  #abandon(entry: QueueEntry): void {
    const isDone = entry.state.kind === 'done';
    entry.state = { kind: 'cancelled' };
    if (isDone) entry.place?.release();
    else if (entry.abort) entry.abort.abort();
    else this.#letGo(entry);
  }

  /** What was begun is of another text: it is made anew. */
  #forgetWork(entry: QueueEntry): void {
    if (!entry.resumes) return;
    this.#parts.maker.forget(entry.resumes);
    // That of an earlier run, which this one has not gone on with, has no place yet that is given up for another.
    if (!entry.place) this.#letGo(entry);
    entry.resumes = null;
  }

  /** Removes what a paused, failed or cancelled export has left; until then it cannot begin again. */
  #letGo(entry: QueueEntry): void {
    if (!hasWork(entry)) return;
    entry.abort = new AbortController();
    const gone = this.#giveUpPlace(entry).then(() => {
      this.#goings.delete(gone);
      entry.abort = null;
      if (this.#entries.includes(entry)) this.#changed();
    });
    this.#goings.add(gone);
  }

  async #giveUpPlace(entry: QueueEntry): Promise<void> {
    const { place, resumes } = entry;
    entry.place = null;
    const path = place?.path ?? resumes?.path;
    if (path !== undefined) await this.#parts.maker.discard(path);
    place?.release();
  }

  /** After each change: begins what is due, ends a run that has nothing more to do, and tells all pages. */
  #changed(): void {
    const run = this.#run;
    if (run) {
      let running = this.#entries.filter(({ abort }) => abort !== null).length;
      for (const entry of this.#entries.filter(isDue)) {
        if (running >= this.#parts.concurrency) break;
        running += 1;
        this.#begin(entry, run);
      }
      const isBusy = this.#entries.some((entry) => !isOver(entry));
      if (!isBusy) this.#run = null;
    }
    this.#save();
    this.#parts.onChange(this.state());
  }

  #save(): void {
    this.#parts.save?.({ choices: this.#choices, outDir: this.#outDir, entries: this.#entries });
  }

  #begin(entry: QueueEntry, run: QueueRun): void {
    const abort = new AbortController();
    entry.abort = abort;
    entry.choices = this.#choices;
    entry.state = { kind: 'running', progress: null };
    const made = this.#make(entry, run, this.#choices, abort.signal).then(
      (state) => this.#ended(entry, state),
      (error: unknown) => this.#ended(entry, { kind: 'failed', error: toWireError(error) }),
    );
    this.#making.set(entry, made);
  }

  async #make(
    entry: QueueEntry,
    run: QueueRun,
    choices: ExportChoices,
    signal: AbortSignal,
  ): Promise<QueueEntry['state']> {
    if (entry.resumes) return this.#goOn(entry, entry.resumes, run, signal);
    const title = titleFor(entry, this.#entries, run.outDir);
    const { text, keepsMarkup = false } = await this.#parts.read(entry.text);
    entry.keepsMarkup = keepsMarkup;
    if (text.trim() === '') throw isEmpty(entry.text.name);
    const place = await this.#placeFor(entry, `${title}.${choices.format.kind}`, run);
    const { path } = place;
    // Nobody is asked about each of a hundred files.
    const item = { ...originOf(entry.text), text, title, path, mayReplace: 'nothing' as const, manner: run, choices };
    const made = await this.#parts.maker.make(item, this.#callOf(entry, signal));
    const { durationMs, bytes } = made;
    return { kind: 'done', outputs: outputsOf(place, made.paths), durationMs, bytes };
  }

  async #goOn(entry: QueueEntry, leftover: Leftover, run: QueueRun, signal: AbortSignal): Promise<QueueEntry['state']> {
    const place = entry.place ?? run.adopt(leftover.path);
    entry.place = place;
    const made = await this.#parts.maker.resume(leftover, this.#callOf(entry, signal));
    const { durationMs, bytes } = made;
    return { kind: 'done', outputs: outputsOf(place, made.paths), durationMs, bytes };
  }

  /** The place that it had before, where the work on it lies, or a new one. */
  async #placeFor(entry: QueueEntry, name: string, run: QueueRun): Promise<ExportPlace> {
    const { place } = entry;
    const isSame =
      place && basename(place.path) === name && (run.outDir === null || dirname(place.path) === run.outDir);
    if (isSame) return place;
    await this.#giveUpPlace(entry);
    const reserved = await run.reserve(name, run.outDir);
    entry.place = reserved;
    return reserved;
  }

  #callOf(entry: QueueEntry, signal: AbortSignal): ExportItemCall {
    const onNotice = (notice: ExportNotice): void => {
      if (notice.kind === 'keeps-markup') entry.keepsMarkup = true;
      if (notice.kind !== 'little-room' && notice.kind !== 'enough-room') return;
      const { kind, ...room } = notice;
      entry.littleRoom = 'neededBytes' in room ? room : null;
      this.#changed();
    };
    const onMade = async (): Promise<void> => {
      // Nothing is kept any more, so its work has to stay: by that the next run knows that only names were missing.
      if (this.#isClosed && entry.state.kind !== 'cancelled') return new Promise(() => {});
      entry.isMade = true;
      this.#save();
      await this.#parts.flush?.();
    };
    return { signal, onMade, onProgress: this.#progressOf(entry), onNotice };
  }

  #progressOf(entry: QueueEntry): (progress: ExportProgress) => void {
    const now = this.#parts.now ?? (() => performance.now());
    let toldAtMs = Number.NEGATIVE_INFINITY;
    return (progress) => {
      if (entry.state.kind !== 'running') return;
      entry.state = { kind: 'running', progress };
      if (now() - toldAtMs < PROGRESS_INTERVAL_MS) return;
      toldAtMs = now();
      this.#parts.onProgress(entry.id, progress);
    };
  }

  #ended(entry: QueueEntry, state: QueueEntry['state']): void {
    this.#making.delete(entry);
    entry.abort = null;
    entry.isMade = false;
    entry.choices = null;
    entry.littleRoom = null;
    // Who paused it has said what it is, unless it was finished all the same.
    if (entry.state.kind === 'running' || (entry.state.kind === 'paused' && state.kind === 'done')) entry.state = state;
    if (entry.state.kind === 'cancelled') this.#letGo(entry);
    this.#changed();
    void this.#parts.flush?.(); // what took long to make, or to fail, is not told a second time
  }
}

function tooMuch(): AsideError<'queue-full'> {
  return new AsideError('queue-full', 'The queue holds as much as there is room for', {
    details: { request: 'exports.add', limit: MAX_HELD_BYTES },
    remedy: 'Export what is there and clear it, then add the rest.',
  });
}

function isEmpty(name: string): AsideError<'refused'> {
  return new AsideError('refused', `“${name}” is empty: there is nothing to say`, {
    details: { reason: 'empty-text' },
    remedy: 'Remove it from the queue, or write something into it and retry.',
  });
}
