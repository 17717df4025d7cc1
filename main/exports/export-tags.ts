import type { AudioTags } from '../../protocol/model/audio-format.ts';
import type { ExportJob } from './export-job.ts';
import { WHOLE } from './export-recipe.ts';
import type { JoinedPiece } from './journal.ts';

/** What a piece tells of the chapters. */
export type ChapterOf = Pick<JoinedPiece, 'chapter'> & Partial<JoinedPiece>;

/**
 * What is written into file number `file` of an export, of which `joined` are pieces. Before they are joined all chapters
 * begin at 0.
 */
export function tagsOf(job: ExportJob, file: number, joined: readonly ChapterOf[]): AudioTags {
  const { title = '', author = '', chapters = [], split = WHOLE } = job;
  if (split.by === 'nothing') {
    const marks = chapters.map((chapter, at) => ({ title: chapter.title, startMs: startMs(joined, at) }));
    return { title, author, track: null, chapters: marks };
  }
  const track = { number: file + 1, of: split.by === 'chapter' ? filesOf(job) : null };
  if (split.by !== 'chapter') return { title, author, track, chapters: [] };
  const chapter = joined.find((piece) => (piece.added ?? []).length > 0)?.chapter ?? joined[0]?.chapter ?? null;
  return { title: (chapter === null ? undefined : chapters[chapter]?.title) ?? title, author, track, chapters: [] };
}

/** Where the first piece of a chapter that can be heard begins, or of one behind it. */
function startMs(joined: readonly ChapterOf[], chapter: number): number {
  const first = joined.find((piece) => (piece.chapter ?? -1) >= chapter && (piece.added ?? []).length > 0);
  if (!first?.state || first.addedSamples === undefined || !first.sampleRateHz) return 0;
  return ((first.state.samples - first.addedSamples) / first.sampleRateHz) * 1000;
}

/** A file for each chapter, and one for what stands before the first. */
function filesOf({ text, chapters = [] }: ExportJob): number {
  const preface = text.slice(0, chapters[0]?.charIndex ?? text.length);
  return chapters.length + (preface.trim() === '' ? 0 : 1);
}
