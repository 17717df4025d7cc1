import { extname, join, parse } from 'node:path';
import type { Engines } from '../speech/engines.ts';
import type { AudioHosts } from './audio-hosts.ts';
import { chaptersOfExport } from './chapters-of-export.ts';
import { exportAudio } from './export-audio.ts';
import type { ExportNotice, ExportRegister } from './export-job.ts';
import { type ItemMaker, PAUSED } from './item-maker.ts';
import { resumeExport } from './resume-export.ts';
import { WorkFolder } from './work-folder.ts';

/** Makes the items of the queue by `exportAudio`. */
export function createItemMaker(
  engines: Pick<Engines, 'voices' | 'poolOf'>,
  audio: AudioHosts,
  unfinished: ExportRegister,
  onNotice: (notice: ExportNotice) => void,
): ItemMaker {
  return {
    make: async ({ text, title, path, manner, choices }, { signal, onProgress }) => {
      const { format, split, timedText } = choices;
      const voice = await engines.voices.resolve(manner.voiceId);
      const { durationMs, bytes, files } = await exportAudio({
        text,
        voice,
        prosody: manner.prosody,
        pool: engines.poolOf(voice),
        audio: audio.pool,
        jobs: audio.jobs,
        unfinished,
        onNotice,
        path,
        format,
        split,
        chapters: chaptersOfExport(text, format, split),
        title: format.kind === 'wav' ? '' : title, // as the command does it: programs that want samples stumble over tags
        subtitlesPath: timedText === null ? undefined : besideAudio(path, timedText),
        signal,
        keepsWhenCancelled: () => signal.reason === PAUSED,
        onProgress,
      });
      const audioPaths = files.map((file) => file.path);
      const subtitles = timedText === null ? [] : audioPaths.map((file) => besideAudio(file, timedText));
      return { durationMs, bytes, paths: [...audioPaths, ...subtitles] };
    },
    resume: async (one, { signal, onProgress }) => {
      const { durationMs, bytes, files } = await resumeExport({ engines, audio, unfinished }, one, {
        signal,
        keepsWhenCancelled: () => signal.reason === PAUSED,
        onProgress,
        onNotice,
      });
      const audioPaths = files.map((file) => file.path);
      const { subtitlesPath } = one.job;
      const subtitles =
        subtitlesPath === undefined ? [] : audioPaths.map((file) => besideAudio(file, extname(subtitlesPath).slice(1)));
      return { durationMs, bytes, paths: [...audioPaths, ...subtitles] };
    },
    discard: async (path) => {
      // One that cannot be claimed is gone with its disk, or another export's.
      const folder = await WorkFolder.claim(path).catch(() => null);
      await folder?.discard();
      if (folder) await unfinished.forget(folder.path);
    },
  };
}

function besideAudio(path: string, extension: string): string {
  const { dir, name } = parse(path);
  return join(dir, `${name}.${extension}`);
}
