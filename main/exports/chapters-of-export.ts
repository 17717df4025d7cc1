import { AsideError } from '../../protocol/errors.ts';
import type { AudioFormat } from '../../protocol/model/audio-format.ts';
import type { ExportSplit } from '../../protocol/model/export.ts';
import { type Chapter, chaptersOf } from './chapters.ts';

/**
 * The chapters that matter to an export: those that it is split at, or that players show. A WAV file cannot hold any.
 * Throws `refused` (`no-chapters`) for a text that is to be split where it has no headings.
 */
export function chaptersOfExport(text: string, format: AudioFormat, split: ExportSplit): Chapter[] {
  if (split.by === 'chapter' && text.trim() !== '') {
    const chapters = chaptersOf(text);
    if (chapters.length > 0) return chapters;
    throw new AsideError(
      'refused',
      'No line of the text reads like the heading of a chapter: there is nowhere to split it',
      {
        details: { reason: 'no-chapters' },
        remedy: 'Split it by duration or size, or put headings like “Chapter 1” on lines of their own.',
      },
    );
  }
  return split.by === 'nothing' && format.kind !== 'wav' ? chaptersOf(text) : [];
}
