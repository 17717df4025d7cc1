import { type AudioFormat, defaultFormat, MP3_BITRATES_KBPS } from '../../../protocol/model/audio-format.ts';
import type { ExportSplit } from '../../../protocol/model/export.ts';
import type { ExportChoices } from '../../../protocol/model/export-queue.ts';

/** One line of a list to choose from. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

export const FORMATS: readonly Option[] = [
  { value: 'wav', label: 'WAV' },
  { value: 'mp3', label: 'MP3' },
  { value: 'ogg', label: 'Ogg Vorbis' },
];

export const PARTS: readonly Option[] = [
  { value: 'nothing', label: 'One file' },
  { value: 'chapter', label: 'One per chapter' },
  { value: '10', label: 'Every 10 minutes' },
  { value: '30', label: 'Every 30 minutes' },
  { value: '60', label: 'Every hour' },
];

export const TIMED_TEXTS: readonly Option[] = [
  { value: 'none', label: 'None' },
  { value: 'srt', label: 'SRT' },
  { value: 'vtt', label: 'WebVTT' },
  { value: 'lrc', label: 'LRC lyrics' },
];

const OGG_QUALITIES = [
  { quality: 0, label: 'Small' },
  { quality: 3, label: 'Good' },
  { quality: 6, label: 'Best' },
] as const;

export function formatWord({ kind }: AudioFormat): string {
  return kind;
}

/** A format with the quality that one starts with. */
export function parseFormat(word: string): AudioFormat {
  return defaultFormat(word === 'mp3' || word === 'ogg' ? word : 'wav');
}

/** What can be chosen of a format; none where there is nothing to choose. */
export function qualitiesOf({ kind }: AudioFormat): readonly Option[] {
  if (kind === 'mp3') return MP3_BITRATES_KBPS.map((kbps) => ({ value: String(kbps), label: `${kbps} kbit/s` }));
  if (kind === 'ogg') return OGG_QUALITIES.map(({ quality, label }) => ({ value: String(quality), label }));
  return [];
}

export function qualityWord(format: AudioFormat): string {
  if (format.kind === 'mp3') return String(format.bitrateKbps ?? '');
  return format.kind === 'ogg' ? String(format.quality) : '';
}

export function withQuality(format: AudioFormat, word: string): AudioFormat {
  if (format.kind === 'mp3') {
    const bitrateKbps = MP3_BITRATES_KBPS.find((kbps) => String(kbps) === word);
    return bitrateKbps === undefined ? defaultFormat('mp3') : { kind: 'mp3', bitrateKbps, quality: null };
  }
  return format.kind === 'ogg' ? { kind: 'ogg', quality: Number(word) } : format;
}

export function partsWord(split: ExportSplit): string {
  return split.by === 'duration' ? String(split.maxMs / 60_000) : split.by;
}

export function parseParts(word: string): ExportSplit {
  if (word === 'nothing' || word === 'chapter') return { by: word };
  return { by: 'duration', maxMs: Number(word) * 60_000 };
}

export function parseTimedText(word: string): ExportChoices['timedText'] {
  return word === 'srt' || word === 'vtt' || word === 'lrc' ? word : null;
}
