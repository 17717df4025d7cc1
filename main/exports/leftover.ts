import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ExportProgress } from '../../protocol/model/export.ts';
import type { BatchItem } from './export-batch.ts';
import type { UnfinishedBatch } from './unfinished-batches.ts';
import { progressOf, type UnfinishedExport } from './unfinished-exports.ts';

/** What an earlier run, of the app or of a command, was told to make, has not made, and nobody works at. */
export interface Leftover {
  /** What is to be made. */
  readonly path: string;
  /** The file that the text came from; null where it came from elsewhere. */
  readonly inputPath: string | null;
  /** Of the text. */
  readonly sizeBytes: number;
  /** The extension of the audio. */
  readonly audio: string;
  /** That of the text with times beside it; null: none. */
  readonly timedText: string | null;
  /** The text of the app's queue that it is of. */
  readonly queueKey?: string;
  /** Null: nothing is done yet. */
  readonly progress: ExportProgress | null;
  readonly origin: LeftoverOrigin;
}

export type LeftoverOrigin = { readonly kind: 'export'; readonly unfinished: UnfinishedExport } | TextOfBatch;

/** A text of a batch of a command, which that has not begun. */
export interface TextOfBatch {
  readonly kind: 'text-of-batch';
  readonly item: BatchItem;
  readonly batch: UnfinishedBatch;
}

export function leftoverOfExport(unfinished: UnfinishedExport): Leftover {
  const { path, inputPath, format, subtitlesPath, queueKey } = unfinished.job;
  return {
    ...{ path, inputPath },
    sizeBytes: Buffer.byteLength(unfinished.text),
    audio: format.kind,
    timedText: subtitlesPath === undefined ? null : extname(subtitlesPath).slice(1),
    ...(queueKey !== undefined && { queueKey }),
    progress: progressOf(unfinished),
    origin: { kind: 'export', unfinished },
  };
}

/** In the order in which the command was given them. */
export function leftoversOfBatch(batch: UnfinishedBatch): Promise<Leftover[]> {
  const { format, subtitles } = batch.batch;
  const leftoverOf = async (item: BatchItem): Promise<Leftover> => {
    const stats = await stat(item.input).catch(() => null); // it is told when it is read
    return {
      path: item.out,
      inputPath: item.input,
      sizeBytes: stats?.size ?? 0,
      audio: format.kind,
      timedText: subtitles ?? null,
      progress: null,
      origin: { kind: 'text-of-batch', item, batch },
    };
  };
  return Promise.all(batch.left.map(leftoverOf));
}
