import type { Engines } from '../speech/engines.ts';
import type { AudioHosts } from './audio-hosts.ts';
import { besideAudio } from './beside-audio.ts';
import { chaptersOfExport } from './chapters-of-export.ts';
import { exportAudio } from './export-audio.ts';
import type { ExportNotice, ExportRegister, ExportSummary } from './export-job.ts';
import { exportLeftover } from './export-leftover.ts';
import { type ItemMaker, type MadeItem, PAUSED } from './item-maker.ts';
import type { UnfinishedBatches } from './unfinished-batches.ts';
import { WorkFolder } from './work-folder.ts';

/** What remembers what runs were told to make and have not made. */
export interface LeftBehind {
  readonly unfinished: ExportRegister;
  readonly batches: Pick<UnfinishedBatches, 'drop'>;
}

/** Makes the items of the queue by `exportAudio`. */
export function createItemMaker(
  engines: Pick<Engines, 'voices' | 'poolOf'>,
  audio: AudioHosts,
  { unfinished, batches }: LeftBehind,
  tellAll: (notice: ExportNotice) => void,
): ItemMaker {
  const told = (notice: ExportNotice, tellItem: (notice: ExportNotice) => void): void => {
    tellAll(notice);
    tellItem(notice);
  };
  return {
    make: async (
      { key, inputPath, text, title, path, mayReplace, manner, choices },
      { signal, onMade, onProgress, onNotice },
    ) => {
      const { format, split, timedText } = choices;
      const voice = await engines.voices.resolve(manner.voiceId);
      const summary = await exportAudio({
        ...(key !== undefined && { queueKey: key }),
        ...(inputPath !== undefined && { inputPath }),
        text,
        voice,
        prosody: manner.prosody,
        pool: engines.poolOf(voice),
        audio: audio.pool,
        jobs: audio.jobs,
        unfinished,
        onNotice: (notice) => told(notice, onNotice),
        path,
        mayReplace,
        format,
        split,
        chapters: chaptersOfExport(text, format, split),
        title: format.kind === 'wav' ? '' : title, // as the command does it: programs that want samples stumble over tags
        subtitlesPath: timedText === null ? undefined : besideAudio(path, timedText),
        signal,
        keepsWhenCancelled: () => signal.reason === PAUSED,
        ...(onMade && { onMade }),
        onProgress,
      });
      return madeItem(summary, timedText);
    },
    resume: async (leftover, { signal, onMade, onProgress, onNotice }) => {
      const summary = await exportLeftover({ engines, audio, unfinished }, leftover, {
        signal,
        keepsWhenCancelled: () => signal.reason === PAUSED,
        ...(onMade && { onMade }),
        onProgress,
        onNotice: (notice) => told(notice, onNotice),
      });
      batches.drop(leftover.path);
      return madeItem(summary, leftover.timedText);
    },
    discard: async (path) => {
      // One that cannot be claimed is gone with its disk, or another export's.
      const folder = await WorkFolder.claim(path).catch(() => null);
      await folder?.discard();
      if (folder) await unfinished.forget(folder.path);
    },
    forget: ({ path }) => batches.drop(path), // also where it was begun: its batch has it still
  };
}

/** Subtitles lie beside each audio file; null: there are none. */
function madeItem({ durationMs, bytes, files }: ExportSummary, subtitles: string | null): MadeItem {
  const audioPaths = files.map(({ path }) => path);
  const beside = subtitles === null ? [] : audioPaths.map((path) => besideAudio(path, subtitles));
  return { durationMs, bytes, paths: [...audioPaths, ...beside] };
}
