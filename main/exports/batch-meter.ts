import type { ExportProgress } from '../../protocol/model/export.ts';
import type { BatchItem } from './export-batch.ts';
import { exportProgress } from './export-progress.ts';

/** An item of a batch, and how much there is to do for it compared with the others. */
export interface WeighedItem extends BatchItem {
  readonly weight: number;
  /** How much of it an earlier run has done, from 0 to 1. */
  readonly doneBefore: number;
}

export interface BatchProgress {
  /** Of the items at work the first in order, counted from 1; null while none is at work. */
  readonly first: {
    readonly number: number;
    readonly item: BatchItem;
    readonly share: number;
    readonly remainingMs: number | null;
  } | null;
  /** How many items there are. */
  readonly of: number;
  /** Of all of them together, from 0 to 1. */
  readonly share: number;
  /** null until it can be told. */
  readonly remainingMs: number | null;
}

/** All but the item is counted in weight. */
interface Entry {
  readonly item: WeighedItem;
  whole: number;
  before: number;
  done: number;
  isAtWork: boolean;
  remainingMs: number | null;
}

/** How far a batch has come, of which several items may be at work at a time. Items are known by their `out`. */
export class BatchMeter {
  readonly #entries: Map<string, Entry>;
  readonly #now: () => number;
  readonly #startedAtMs: number;

  constructor(items: readonly WeighedItem[], now = () => performance.now()) {
    this.#now = now;
    this.#startedAtMs = now();
    this.#entries = new Map(items.map((item) => [item.out, entryOf(item)]));
  }

  begin(out: string): void {
    const entry = this.#entries.get(out);
    if (entry) entry.isAtWork = true;
  }

  /** So much of the item had been done by an earlier run, which took this one no time. */
  resumed(out: string, share: number): void {
    const entry = this.#entries.get(out);
    if (!entry) return;
    entry.before = entry.whole * share;
    entry.done = entry.before;
  }

  at(out: string, { charsDone, charsTotal, remainingMs }: ExportProgress): void {
    const entry = this.#entries.get(out);
    if (!entry) return;
    entry.done = charsTotal === 0 ? 0 : entry.whole * (charsDone / charsTotal);
    entry.remainingMs = remainingMs;
  }

  /** Of an item that was not made what is left to do goes, not the time that it took. */
  end(out: string, isMade: boolean): void {
    const entry = this.#entries.get(out);
    if (!entry) return;
    entry.isAtWork = false;
    if (isMade) entry.done = entry.whole;
    else entry.whole = entry.done;
  }

  read(): BatchProgress {
    const entries = [...this.#entries.values()];
    const sum = (of: (entry: Entry) => number): number => entries.reduce((total, entry) => total + of(entry), 0);
    const [whole, before, done] = [
      sum((entry) => entry.whole),
      sum((entry) => entry.before),
      sum((entry) => entry.done),
    ];
    const at = entries.findIndex(({ isAtWork }) => isAtWork);
    const first = entries[at];
    return {
      first: first
        ? { number: at + 1, item: first.item, share: shareOf(first.done, first.whole), remainingMs: first.remainingMs }
        : null,
      of: entries.length,
      share: shareOf(done, whole),
      remainingMs: exportProgress(done - before, whole - before, 0, this.#now() - this.#startedAtMs).remainingMs,
    };
  }
}

function entryOf(item: WeighedItem): Entry {
  const before = item.weight * item.doneBefore;
  return { item, whole: item.weight, before, done: before, isAtWork: false, remainingMs: null };
}

const shareOf = (done: number, whole: number): number => (whole === 0 ? 1 : done / whole);
