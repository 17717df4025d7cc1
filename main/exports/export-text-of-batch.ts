import type { Voice } from '../../protocol/model/voice.ts';
import { readDocumentFile } from '../documents/read-document.ts';
import { besideAudio } from './beside-audio.ts';
import { exportAudio } from './export-audio.ts';
import type { BatchItem } from './export-batch.ts';
import type { ExportJob, ExportRegister, ExportSummary, MayReplace } from './export-job.ts';
import { type AskedManner, jobOfText, type SpeakingTools } from './job-of-text.ts';
import type { TimedTextKind } from './timed-text/timed-text-format.ts';

export interface BatchManner extends AskedManner {
  /** Beside each audio file. Absent: none. */
  readonly subtitles?: TimedTextKind;
  /** Absent: anything. */
  readonly mayReplace?: MayReplace;
}

export interface BatchTools extends SpeakingTools {
  readonly unfinished: ExportRegister;
}

/** Reads a text of a batch and speaks it into its file. Rejects as `readDocumentFile`, `voiceOf` and `exportAudio` do. */
export async function exportTextOfBatch(
  tools: BatchTools,
  { input, out }: BatchItem,
  manner: BatchManner,
  voiceOf: () => Voice | Promise<Voice>,
  how: Pick<ExportJob, 'batch' | 'keepsWhenCancelled' | 'signal' | 'onMade' | 'onProgress' | 'onNotice'>,
): Promise<ExportSummary> {
  const document = await readDocumentFile(input);
  if (document.keepsMarkup) how.onNotice?.({ kind: 'keeps-markup' });
  const { subtitles, mayReplace } = manner;
  return exportAudio({
    ...jobOfText(tools, manner, await voiceOf(), document),
    ...how,
    inputPath: input,
    unfinished: tools.unfinished,
    path: out,
    ...(mayReplace && { mayReplace }),
    subtitlesPath: subtitles && besideAudio(out, subtitles),
  });
}
