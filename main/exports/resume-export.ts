import { AsideError } from '../../protocol/errors.ts';
import type { Voice } from '../../protocol/model/voice.ts';
import { readDocumentFile } from '../documents/read-document.ts';
import type { Engines } from '../speech/engines.ts';
import type { AudioHosts } from './audio-hosts.ts';
import { exportAudio } from './export-audio.ts';
import type { ExportJob, ExportRegister, ExportSummary, MayReplace } from './export-job.ts';
import type { UnfinishedExport } from './unfinished-exports.ts';

export interface ResumeTools {
  readonly engines: Pick<Engines, 'voices' | 'poolOf'>;
  readonly audio: AudioHosts;
  readonly unfinished: ExportRegister;
}

export type HowToResume = Pick<ExportJob, 'keepsWhenCancelled' | 'signal' | 'onMade' | 'onProgress' | 'onNotice'>;

/**
 * Goes on with an export that was interrupted. Rejects as `exportAudio` does, with `refused` (`input-changed`) where its
 * text was changed since, and with `voice-not-found` where its voice is gone: then nothing is mixed, and all stays.
 */
export async function resumeExport(
  { engines, audio, unfinished }: ResumeTools,
  one: UnfinishedExport,
  how: HowToResume,
): Promise<ExportSummary> {
  const { job, text } = one;
  await requireSameInput(one);
  const voice = await voiceOf(engines, job.voiceId, job.path);
  const { inputPath, ...rest } = job;
  return exportAudio({
    ...how,
    ...rest,
    mayReplace: whatMayBeReplaced(one),
    ...(inputPath !== null && { inputPath }),
    text,
    voice,
    pool: engines.poolOf(voice),
    audio: audio.pool,
    jobs: audio.jobs,
    unfinished,
  });
}

/** Whoever asked for it knew of the files that were there, and not of what came since. */
function whatMayBeReplaced({ job: { mayReplace = 'anything' }, begunMs }: UnfinishedExport): MayReplace {
  return mayReplace === 'anything' || mayReplace === 'named' ? { olderThanMs: begunMs } : mayReplace;
}

/** A text that was changed is not mixed with what was spoken of it before. One that is gone is no matter: it was kept. */
async function requireSameInput({ job, text }: UnfinishedExport): Promise<void> {
  if (job.inputPath === null) return;
  const now = await readDocumentFile(job.inputPath).catch(() => null);
  if (now === null || now.text === text) return;
  throw new AsideError('refused', `${job.inputPath} was changed since the export of ${job.path} was begun`, {
    details: { reason: 'input-changed' },
    remedy: 'Export it anew, which replaces what was done; or put the old text back.',
  });
}

/** The voice that was chosen for `path`. Rejects with `voice-not-found`. */
export async function voiceOf(engines: Pick<Engines, 'voices'>, voiceId: string, path: string): Promise<Voice> {
  const { voices } = await engines.voices.list();
  const voice = voices.find(({ id }) => id === voiceId);
  if (voice) return voice;
  throw new AsideError('voice-not-found', `The voice ${voiceId}, which was chosen for ${path}, is not here`, {
    details: { voiceId },
    remedy: 'Install it again, or export anew with another voice.',
  });
}
