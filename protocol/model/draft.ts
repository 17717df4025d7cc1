import { z } from 'zod';
import { CharCount, MAX_TEXT_CHARS } from './text-range.ts';

/** What is in the editor: kept between runs. */
export const Draft = z.strictObject({
  text: z.string().max(MAX_TEXT_CHARS),
  /** The cursor, as a UTF-16 index into `text`. */
  charIndex: CharCount,
  /** The name of the file it came from; names the export. Empty for typed text. */
  name: z.string().max(1_000),
});
export type Draft = z.infer<typeof Draft>;

export const EMPTY_DRAFT: Draft = { text: '', charIndex: 0, name: '' };
