import type { AppContract } from '../../protocol/contract/app-contract.ts';
import type { Handlers } from '../../protocol/contract/serve.ts';
import type { ShellServices } from '../shell-services.ts';
import type { Engines } from '../speech/engines.ts';
import type { AudioHosts } from './audio-hosts.ts';
import { exportAudio } from './export-audio.ts';
import type { ExportJob } from './export-job.ts';

type ExportHandlers = Pick<Handlers<AppContract>, 'export.start' | 'export.reveal'>;

/** A page is told that much at most; a progress bar needs no more. */
const PROGRESS_INTERVAL_MS = 100;

export function createPageExports(
  engines: Engines,
  audio: AudioHosts & Required<Pick<ExportJob, 'unfinished' | 'onNotice'>>,
  places: Pick<ShellServices, 'chooseExportTarget' | 'reveal'>,
): { start: ExportHandlers['export.start']; reveal: ExportHandlers['export.reveal'] } {
  return {
    start: async ({ text, voiceId, prosody, suggestedName }, context) => {
      const voice = await engines.voices.resolve(voiceId);
      const target = await places.chooseExportTarget(suggestedName);
      if (!target) return { kind: 'declined' };
      let toldAtMs = Number.NEGATIVE_INFINITY;
      const summary = await exportAudio({
        text,
        voice,
        prosody,
        pool: engines.poolOf(voice),
        audio: audio.pool,
        jobs: audio.jobs,
        unfinished: audio.unfinished,
        onNotice: audio.onNotice,
        path: target.path,
        signal: context.signal,
        onProgress: (progress) => {
          const nowMs = performance.now();
          if (nowMs - toldAtMs < PROGRESS_INTERVAL_MS) return;
          toldAtMs = nowMs;
          context.progress(progress);
        },
      });
      const { durationMs, bytes } = summary;
      return { kind: 'saved', path: target.path, downloadPath: target.downloadPath, durationMs, bytes };
    },
    reveal: async ({ path }) => {
      await places.reveal(path);
      return {};
    },
  };
}
