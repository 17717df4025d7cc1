import { z } from '../schema.ts';
import { CharCount, MAX_TEXT_CHARS } from './text-range.ts';

/** What is in the editor: kept between runs. */
export const Draft = z.strictObject({
  text: z.string().check(z.maxLength(MAX_TEXT_CHARS)),
  /** The cursor, as a UTF-16 index into `text`. */
  charIndex: CharCount,
  /** The name of the file it came from; names the export. Empty for typed text. */
  name: z.string().check(z.maxLength(1_000)),
});
export type Draft = z.infer<typeof Draft>;

export const EMPTY_DRAFT: Draft = { text: '', charIndex: 0, name: '' };
