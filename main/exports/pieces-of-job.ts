import type { ExportJob } from './export-job.ts';
import { type Piece, pieceCharsOf, piecesOf } from './export-plan.ts';
import { WAV, WHOLE } from './export-recipe.ts';

/** The pieces of a job’s text, lazily and in order. */
export function piecesOfJob(job: ExportJob): Generator<Piece, void> {
  const { text, voice, prosody, format = WAV, split = WHOLE, chapters = [] } = job;
  const chapterStarts = chapters.map(({ charIndex }) => charIndex);
  const pieceChars = pieceCharsOf(split, format, prosody.rate);
  return piecesOf(text, { language: voice.language, pieceChars, chapterStarts });
}
