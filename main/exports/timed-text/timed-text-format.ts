import { extname } from 'node:path';
import type { TimedTextWriter } from './cue.ts';
import { writeCuesJson } from './cues-json.ts';
import { writeLrc } from './lrc.ts';
import { writeSrt } from './srt.ts';
import { writeWebVtt } from './web-vtt.ts';

export const TIMED_TEXT_KINDS = ['srt', 'vtt', 'lrc', 'json'] as const;
export type TimedTextKind = (typeof TIMED_TEXT_KINDS)[number];

const WRITERS: Readonly<Record<TimedTextKind, TimedTextWriter>> = {
  srt: writeSrt,
  vtt: writeWebVtt,
  lrc: writeLrc,
  json: writeCuesJson,
};

export const isTimedTextKind = (value: string): value is TimedTextKind =>
  TIMED_TEXT_KINDS.some((kind) => kind === value);

/** What writes a file of that name, by its extension in any case; undefined for one that is not known. */
export function timedTextFormat(path: string): TimedTextWriter | undefined {
  const kind = extname(path).slice(1).toLowerCase();
  return isTimedTextKind(kind) ? WRITERS[kind] : undefined;
}
