import type { Document } from '../../../protocol/model/document.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import { chaptersOfExport } from '../../exports/chapters-of-export.ts';
import type { ExportJob } from '../../exports/export-job.ts';
import { defaultTitle } from './default-title.ts';
import type { ExportManner } from './export-request.ts';
import type { ExportTools } from './export-tools.ts';

type Manner = Omit<ExportJob, 'path' | 'inputPath' | 'unfinished' | 'signal' | 'onProgress' | 'onNotice'>;

/** What was asked for of each text. */
export type AskedManner = Pick<
  ExportManner,
  'prosody' | 'format' | 'split' | 'jobs' | 'onError' | 'cueLimits' | 'title' | 'author'
>;

/** How one text is exported, wherever it goes. Throws `refused` for a text that cannot be split as it was asked for. */
export function jobManner(tools: ExportTools, request: AskedManner, voice: Voice, document: Document): Manner {
  const { prosody, format, split, jobs, onError, cueLimits, title, author = '' } = request;
  return {
    text: document.text,
    voice,
    prosody,
    pool: tools.engines.poolOf(voice),
    audio: tools.audio.pool,
    format,
    split,
    chapters: chaptersOfExport(document.text, format, split),
    title: title ?? defaultTitle(document.name, format),
    author,
    cueLimits,
    jobs,
    onError,
  };
}
