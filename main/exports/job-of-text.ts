import type { AudioFormat } from '../../protocol/model/audio-format.ts';
import type { Document } from '../../protocol/model/document.ts';
import type { ExportSplit } from '../../protocol/model/export.ts';
import type { Prosody } from '../../protocol/model/prosody.ts';
import type { Voice } from '../../protocol/model/voice.ts';
import type { Engines } from '../speech/engines.ts';
import type { AudioHosts } from './audio-hosts.ts';
import { chaptersOfExport } from './chapters-of-export.ts';
import { defaultTitle } from './default-title.ts';
import type { ExportJob } from './export-job.ts';
import type { CueLimits } from './timed-text/cue.ts';

/** What was asked for of each text. */
export interface AskedManner {
  readonly prosody: Prosody;
  readonly format: AudioFormat;
  readonly split: ExportSplit;
  /** Absent: each has its own. */
  readonly title?: string;
  readonly author?: string;
  /** Hosts at a time. */
  readonly jobs: number;
  readonly onError: 'stop' | 'skip';
  readonly cueLimits: CueLimits;
}

export interface SpeakingTools {
  readonly engines: Pick<Engines, 'poolOf'>;
  readonly audio: Pick<AudioHosts, 'pool'>;
}

type JobOfText = Omit<ExportJob, 'path' | 'inputPath' | 'unfinished' | 'signal' | 'onProgress' | 'onNotice'>;

/** How one text is exported, wherever it goes. Throws `refused` for a text that cannot be split as it was asked for. */
export function jobOfText(
  { engines, audio }: SpeakingTools,
  { prosody, format, split, jobs, onError, cueLimits, title, author = '' }: AskedManner,
  voice: Voice,
  { name, text }: Document,
): JobOfText {
  return {
    text,
    voice,
    prosody,
    pool: engines.poolOf(voice),
    audio: audio.pool,
    format,
    split,
    chapters: chaptersOfExport(text, format, split),
    title: title ?? defaultTitle(name, format),
    author,
    cueLimits,
    jobs,
    onError,
  };
}
