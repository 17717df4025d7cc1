import { ID3Writer } from 'browser-id3-writer';
import type { AudioTags } from '../../../protocol/model/audio-format.ts';

/** A table of contents has a byte for their number. */
const MAX_CHILDREN = 255;

/**
 * The ID3 tag in front of a stream, always as long for the same titles. Empty without tags. Chapters follow each other
 * without a gap, and the last ends at `endMs`. ID3v2.3 with UTF-16, which the Explorer of every Windows reads; 2.4 it
 * does not.
 */
export function id3Tag({ title, author, track, chapters }: AudioTags, endMs: number): Uint8Array {
  if (title === '' && author === '' && track === null && chapters.length === 0) return new Uint8Array();
  const writer = new ID3Writer(new ArrayBuffer(0));
  if (title !== '') writer.setFrame('TIT2', title);
  if (author !== '') writer.setFrame('TPE1', [author]);
  if (track !== null) writer.setFrame('TRCK', track.of === null ? `${track.number}` : `${track.number}/${track.of}`);
  addContents(writer, chapters.length);
  for (const [index, chapter] of chapters.entries()) {
    writer.setFrame('CHAP', {
      id: chapterId(index),
      startTime: Math.round(chapter.startMs),
      endTime: Math.round(chapters[index + 1]?.startMs ?? Math.max(endMs, chapter.startMs)),
      subFrames: { TIT2: chapter.title },
    });
  }
  return new Uint8Array(writer.addTag());
}

/** More chapters than one table holds come in tables of their own, to which the first one points. */
function addContents(writer: ID3Writer, chapters: number): void {
  if (chapters === 0) return;
  const ids = Array.from({ length: chapters }, (_, index) => chapterId(index));
  const isOneTable = chapters <= MAX_CHILDREN;
  const tables = isOneTable ? [] : Array.from({ length: Math.ceil(chapters / MAX_CHILDREN) }, (_, i) => i);
  const childElementIds = isOneTable ? ids : tables.map((index) => `toc${index}`);
  writer.setFrame('CTOC', { id: 'toc', topLevel: true, ordered: true, childElementIds });
  for (const index of tables) {
    const part = ids.slice(index * MAX_CHILDREN, (index + 1) * MAX_CHILDREN);
    writer.setFrame('CTOC', { id: `toc${index}`, topLevel: false, ordered: true, childElementIds: part });
  }
}

function chapterId(index: number): string {
  return `chp${index}`;
}
