import { type AsideError, isAsideError, toWireError, type WireError } from '../../protocol/errors.ts';
import type { ExportSummary } from './export-job.ts';

/** A text and the file that is to become of it. Both are absolute paths. */
export interface BatchItem {
  readonly input: string;
  readonly out: string;
}

export type BatchOutcome = BatchItem &
  (
    | { readonly kind: 'made'; readonly summary: ExportSummary }
    | { readonly kind: 'failed'; readonly error: WireError }
    | { readonly kind: 'cancelled' }
  );

/**
 * Exports one item after the other, `concurrency` of them at a time, which share their hosts in order of arrival. What
 * fails keeps no other from being made. Outcomes are in the order of the items; `onOutcome` hears of each as it comes.
 * Never rejects.
 */
export async function exportBatch(
  items: readonly BatchItem[],
  concurrency: number,
  make: (item: BatchItem) => Promise<ExportSummary>,
  onOutcome: (outcome: BatchOutcome) => void,
): Promise<BatchOutcome[]> {
  const outcomes: BatchOutcome[] = [];
  let next = 0;
  async function work(): Promise<void> {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at] as BatchItem;
      const outcome = await outcomeOf(item, make);
      outcomes[at] = outcome;
      onOutcome(outcome);
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  return outcomes;
}

async function outcomeOf(item: BatchItem, make: (item: BatchItem) => Promise<ExportSummary>): Promise<BatchOutcome> {
  try {
    return { ...item, kind: 'made', summary: await make(item) };
  } catch (error) {
    if (isAsideError(error, 'request-cancelled')) return { ...item, kind: 'cancelled' };
    return { ...item, kind: 'failed', error: toWireError(error as AsideError) };
  }
}
