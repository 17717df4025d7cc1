import { type AsideError, toWireError, type WireError } from '../../protocol/errors.ts';
import type { Launcher } from '../hosts/launcher.ts';
import type { Log } from '../logging/log.ts';
import type { Engines } from '../speech/engines.ts';
import { type AudioHosts, createAudioHosts } from './audio-hosts.ts';
import { diskFullOf } from './disk-full.ts';
import type { ExportNotice } from './export-job.ts';
import { ExportQueue, type ExportQueueParts } from './export-queue.ts';
import type { ItemMaker } from './item-maker.ts';
import { type Leftover, leftoverOfExport, leftoversOfBatch } from './leftover.ts';
import { createItemMaker } from './make-item.ts';
import { cannotOfferAll } from './queue-problems.ts';
import { openQueueStore, type QueueStore } from './queue-store.ts';
import { readQueuedText } from './read-queued-text.ts';
import { UnfinishedBatches } from './unfinished-batches.ts';
import { UnfinishedExports } from './unfinished-exports.ts';

export interface AppExportsOptions extends Pick<ExportQueueParts, 'onChange' | 'onProgress'> {
  readonly dataDir: string;
  readonly log: Log;
  readonly launcher: Launcher;
  readonly audioHostEntryPath: string;
  /** Pieces of one export that are under way at a time. */
  readonly jobs: number;
  readonly engines: Pick<Engines, 'voices' | 'poolOf'>;
  /** Tells people of a problem. */
  raise(error: AsideError): void;
}

/** What all pages export with. */
export interface AppExports {
  readonly audio: AudioHosts;
  readonly queue: ExportQueue;
  readonly store: QueueStore;
  readonly maker: ItemMaker;
  /** Ends what is made, keeps the queue for the next run, and ends all audio hosts. */
  close(): Promise<void>;
}

/** A second text of the queue keeps the hosts busy while the first is being completed. */
const ITEMS_AT_A_TIME = 2;

/** `unfinishedTargets`: of what earlier runs were told to make and have not made, which the queue offers again. */
export async function createAppExports(
  options: AppExportsOptions,
): Promise<AppExports & { unfinishedTargets: string[] }> {
  const { dataDir, log, launcher, audioHostEntryPath, jobs, engines, onChange, onProgress } = options;
  const audio = { pool: createAudioHosts({ launcher, hostEntryPath: audioHostEntryPath, jobs, log }), jobs };
  const onNotice = (notice: ExportNotice): void => {
    const full = diskFullOf(notice);
    if (full) options.raise(full);
  };
  const unfinished = new UnfinishedExports(dataDir);
  const batches = new UnfinishedBatches(dataDir);
  const maker = createItemMaker(engines, audio, { unfinished, batches }, onNotice);
  const store = await openQueueStore({ dir: dataDir, onProblem: options.raise, log });
  const queue = new ExportQueue({
    maker,
    read: readQueuedText,
    concurrency: ITEMS_AT_A_TIME,
    save: store.save,
    flush: store.flush,
    onChange,
    onProgress,
  });
  const leftovers = await leftoversOf(unfinished, batches);
  const more = queue.restore(store.restored(leftovers));
  const untold = more > 0 ? [toWireError(cannotOfferAll(more))] : [];
  const takeNotices = (): WireError[] => [...store.takeNotices(), ...untold.splice(0)];
  const close = async (): Promise<void> => {
    await Promise.all([queue.close(), store.close(), batches.flush(), audio.pool.terminate()]);
  };
  return {
    audio,
    queue,
    store: { ...store, takeNotices },
    maker,
    close,
    unfinishedTargets: leftovers.map(({ path }) => path),
  };
}

async function leftoversOf(unfinished: UnfinishedExports, batches: UnfinishedBatches): Promise<Leftover[]> {
  const begun = (await unfinished.list()).map(leftoverOfExport);
  const rests = await Promise.all((await batches.list()).map(leftoversOfBatch));
  return [...begun, ...rests.flat()];
}
