import { stat } from 'node:fs/promises';
import { cancelled } from '../../../protocol/contract/call.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import type { WeighedItem } from '../../exports/batch-meter.ts';
import { type BatchItem, type BatchOutcome, exportBatch } from '../../exports/export-batch.ts';
import type { ExportSummary, SharedFolder } from '../../exports/export-job.ts';
import { type BatchManner, exportTextOfBatch } from '../../exports/export-text-of-batch.ts';
import type { BatchReport } from './batch-report.ts';
import type { Console } from './console.ts';
import type { ExportTools } from './export-tools.ts';

/** Small texts wait for the disk more than for a voice: so many more are begun than there are hosts. */
const MORE_THAN_JOBS = 2;

export interface BatchToMake {
  readonly items: readonly BatchItem[];
  readonly manner: BatchManner;
  /** Of what becomes `out`. What it throws is that text’s failure. */
  voiceOf(out: string): Voice | Promise<Voice>;
  /** Null where there is none: each text then has a folder of its own. */
  readonly folder: SharedFolder | null;
}

/** Speaks each text into an audio file of its own, and tells of each as it comes. Never rejects. */
export function makeBatch(
  tools: ExportTools,
  { items, manner, voiceOf, folder }: BatchToMake,
  report: BatchReport,
  io: Console,
): Promise<BatchOutcome[]> {
  const make = async (item: BatchItem): Promise<ExportSummary> => {
    if (io.interrupted.aborted) throw cancelled('the export');
    const { out } = item;
    report.begin(out);
    return exportTextOfBatch(tools, item, manner, () => voiceOf(out), {
      ...(folder && { batch: folder }),
      keepsWhenCancelled: () => true,
      signal: io.interrupted,
      onProgress: (progress) => report.progress(out, progress),
      onNotice: (notice) => report.notice(out, notice),
    });
  };
  return exportBatch(items, manner.jobs + MORE_THAN_JOBS, make, report.outcome);
}

/** By the size of its text, which is known before it is read. An empty one takes some time as well. */
export async function weighed(item: BatchItem): Promise<WeighedItem> {
  const found = await stat(item.input).catch(() => null); // it is told when it is its turn
  return { ...item, weight: (found?.size ?? 0) + 100, doneBefore: 0 };
}
