import type { ExportJob } from './export-job.ts';
import type { ExportRecipe } from './journal.ts';
import { sha256Of } from './sha256.ts';

export const WAV = { kind: 'wav' } as const;
export const WHOLE = { by: 'nothing' } as const;

export function recipeOf(job: ExportJob): ExportRecipe {
  return {
    textSha256: sha256Of(job.text),
    voiceId: job.voice.id,
    prosody: job.prosody,
    format: job.format ?? WAV,
    split: job.split ?? WHOLE,
    title: job.title ?? '',
    author: job.author ?? '',
    chapters: (job.chapters ?? []).map(({ charIndex, title }) => ({ charIndex, title })),
    sentences: `ICU ${process.versions.icu}, ${job.voice.language}`,
    wantBoundaries: wantsBoundaries(job),
  };
}

export function wantsBoundaries({ timingsPath, subtitlesPath }: ExportJob): boolean {
  return timingsPath !== undefined || subtitlesPath !== undefined;
}

const WORDS: Readonly<Record<keyof ExportRecipe, string>> = {
  textSha256: 'the text',
  voiceId: 'the voice',
  prosody: 'speed, pitch or volume',
  format: 'the format',
  split: 'how it is split',
  title: 'the title',
  author: 'the author',
  chapters: 'the chapters',
  sentences: 'how sentences are found',
  wantBoundaries: 'whether there are subtitles or timings',
};

/**
 * What differs, in words; empty where the same bytes would be made. Boundaries that were wanted before and are not any
 * more are in nobody's way: the audio is the same.
 */
export function changesBetween(before: ExportRecipe, now: ExportRecipe): string[] {
  const keys = Object.keys(WORDS) as (keyof ExportRecipe)[];
  const enough = { ...now, wantBoundaries: now.wantBoundaries || before.wantBoundaries };
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(enough[key])).map((key) => WORDS[key]);
}
