import { z } from '../schema.ts';
import { Path } from './path.ts';

const Note = z.strictObject({ path: Path, content: z.string().check(z.maxLength(4_000_000)) });

/** What a host makes before it makes a file, so that main need not go to the disk for each step. */
export const FileBeginning = z.strictObject({
  /** Where the file will lie. It may be there already with the same `mark`: from an attempt that failed. */
  folder: Path,
  /** A file in it that says whose it is. */
  mark: Note,
  /** Files that are written next, in their order. */
  notes: z.array(Note).check(z.maxLength(4)),
});
export type FileBeginning = z.infer<typeof FileBeginning>;
