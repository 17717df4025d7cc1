import { z } from '../schema.ts';
import { MAX_TEXT_CHARS } from './text-range.ts';

/** The largest file that is read, in bytes. */
export const MAX_DOCUMENT_BYTES = 40 * 1024 * 1024;

/** What is in such a file. */
export const DocumentBytes = z
  .instanceof(Uint8Array)
  .check(z.refine((bytes) => bytes.byteLength <= MAX_DOCUMENT_BYTES, { error: `at most ${MAX_DOCUMENT_BYTES} bytes` }));

/** A file turned into text that can be read aloud. */
export const Document = z.strictObject({
  /** The file's name without its folder. */
  name: z.string().check(z.maxLength(1_000)),
  text: z.string().check(z.maxLength(MAX_TEXT_CHARS)),
  /** `markdown` texts have lost their markup. */
  format: z.enum(['text', 'markdown']),
  /** The encoding it was read as, e.g. `UTF-8`, `windows-1252`. */
  encoding: z.string().check(z.maxLength(40)),
  /** Some of its markup is still in the text: more than Aside takes out, or what its parser cannot take. */
  keepsMarkup: z.exactOptional(z.literal(true)),
});
export type Document = z.infer<typeof Document>;
