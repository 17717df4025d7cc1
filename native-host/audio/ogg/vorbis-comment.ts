import type { AudioTags } from '../../../protocol/model/audio-format.ts';

/** The second header of a Vorbis stream begins so: its number and its name. */
const START = Buffer.from('\x03vorbis', 'latin1');
const FRAMING = 1;
const LAST_TIME_MS = 360_000_000 - 1;

/**
 * The second header of a stream, always as long for the same titles ("Ogg Vorbis I format specification: comment field").
 * Chapters in the form that most players know: https://wiki.xiph.org/Chapter_Extension
 */
export function vorbisComment(vendor: string, { title, author, track, chapters }: AudioTags): Uint8Array {
  const comments = [
    ...(title === '' ? [] : [`TITLE=${title}`]),
    ...(author === '' ? [] : [`ARTIST=${author}`]),
    ...(track === null ? [] : [`TRACKNUMBER=${track.number}`]),
    ...(track === null || track.of === null ? [] : [`TRACKTOTAL=${track.of}`]),
    ...chapters.flatMap((chapter, index) => {
      const name = `CHAPTER${String(index + 1).padStart(3, '0')}`;
      return [`${name}=${clock(chapter.startMs)}`, `${name}NAME=${chapter.title}`];
    }),
  ];
  const count = Buffer.alloc(4);
  count.writeUInt32LE(comments.length);
  return Buffer.concat([START, counted(vendor), count, ...comments.map(counted), Buffer.of(FRAMING)]);
}

/** The encoder that such a header names; empty where it is none. */
export function vendorOf(comment: Uint8Array): string {
  const bytes = Buffer.from(comment);
  if (bytes.length < START.length + 4) return '';
  const at = START.length + 4;
  return bytes.toString('utf8', at, at + bytes.readUInt32LE(START.length));
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** `HH:MM:SS.mmm`: two digits of hours, since there is room for no more. */
function clock(timeMs: number): string {
  const ms = Math.min(Math.round(timeMs), LAST_TIME_MS);
  const parts = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1_000) % 60];
  const time = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return `${time}.${String(ms % 1_000).padStart(3, '0')}`;
}
