import type { ExportProgress } from '../../protocol/model/export.ts';
import type { ExportChoices, StartQueueParams } from '../../protocol/model/export-queue.ts';
import type { ExportNotice, MayReplace } from './export-job.ts';
import type { Leftover } from './leftover.ts';

/** One text of the queue, to be made into one or several files. */
export interface ExportItem {
  /** Of a text of the queue. */
  readonly key?: string;
  readonly text: string;
  /** The file that it came from, absolute; absent where it came from elsewhere. */
  readonly inputPath?: string;
  /** The text's file without its extension. */
  readonly title: string;
  /** Where the audio goes; the names of parts and subtitles are made from it, in the same folder. */
  readonly path: string;
  readonly mayReplace: MayReplace;
  readonly manner: StartQueueParams;
  readonly choices: ExportChoices;
}

export interface ExportItemCall {
  /** With the reason `PAUSED` the same item comes again, and goes on from there. */
  readonly signal: AbortSignal;
  /** As an export's `onMade`. */
  onMade?(): Promise<void>;
  onProgress(progress: ExportProgress): void;
  onNotice(notice: ExportNotice): void;
}

/** Why a call is aborted whose work is still wanted. */
export const PAUSED = 'paused';

export interface MadeItem {
  readonly durationMs: number;
  /** Of all audio files. */
  readonly bytes: number;
  /** All files that were made, absolute, the first audio file first. */
  readonly paths: readonly string[];
}

export interface ItemMaker {
  /** Rejects as `exportAudio` does. */
  make(item: ExportItem, call: ExportItemCall): Promise<MadeItem>;
  /** Makes what an earlier run has left. Rejects as `exportLeftover` does. */
  resume(leftover: Leftover, call: ExportItemCall): Promise<MadeItem>;
  /** Nobody will go on with what an export has left for `path`. Never rejects. */
  discard(path: string): Promise<void>;
  /** No later run is to offer it again. Its work, if it was begun, is another matter: see `discard`. */
  forget(leftover: Leftover): void;
}
