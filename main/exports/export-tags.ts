import type { AudioTags } from '../../protocol/model/audio-format.ts';
import type { ExportJob } from './export-job.ts';
import type { JoinedPiece } from './journal.ts';

/** What is written into file number `file` of an export. Without `joined` all chapters begin at 0. */
export function tagsOf(job: ExportJob, file: number, joined: readonly JoinedPiece[] = []): AudioTags {
  const { title = '', author = '', chapters = [], split = { by: 'nothing' } } = job;
  if (split.by === 'nothing') {
    const starts = joined.filter(({ startsChapter }) => startsChapter).map(startMs);
    return {
      title,
      author,
      track: null,
      chapters: chapters.map((chapter, at) => ({ title: chapter.title, startMs: starts[at] ?? 0 })),
    };
  }
  if (split.by === 'chapter') {
    const titles = [...(hasPreface(job) ? [title] : []), ...chapters.map((chapter) => chapter.title)];
    return { title: titles[file] ?? title, author, track: { number: file + 1, of: titles.length }, chapters: [] };
  }
  return { title, author, track: { number: file + 1, of: null }, chapters: [] };
}

function startMs({ state, addedSamples, sampleRateHz }: JoinedPiece): number {
  return sampleRateHz === null ? 0 : ((state.samples - addedSamples) / sampleRateHz) * 1000;
}

/** Whether something stands before the first chapter. */
function hasPreface({ text, chapters = [] }: ExportJob): boolean {
  return text.slice(0, chapters[0]?.charIndex ?? text.length).trim() !== '';
}
