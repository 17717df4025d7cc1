import { extname } from 'node:path';
import type { TimedTextWriter } from './cue.ts';
import { writeCuesJson } from './cues-json.ts';
import { writeLrc } from './lrc.ts';
import { writeSrt } from './srt.ts';
import { writeWebVtt } from './web-vtt.ts';

const WRITERS: Readonly<Record<string, TimedTextWriter>> = {
  '.srt': writeSrt,
  '.vtt': writeWebVtt,
  '.lrc': writeLrc,
  '.json': writeCuesJson,
};

/** What writes a file of that name, by its extension in any case; undefined for one that is not known. */
export function timedTextFormat(path: string): TimedTextWriter | undefined {
  return WRITERS[extname(path).toLowerCase()];
}
