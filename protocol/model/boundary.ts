import { z } from 'zod';
import { CharCount } from './text-range.ts';

/**
 * The moment at which the voice reaches a word, a sentence or a mark. `charIndex` and `charLength` are UTF-16 units of
 * the text that the message is about; `atMs` is milliseconds of audio since that text's first sample. Boundaries come
 * in the order of `atMs`. A sentence comes before its first word.
 */
export const Boundary = z.strictObject({
  kind: z.enum(['word', 'sentence', 'mark']),
  charIndex: CharCount,
  charLength: CharCount,
  atMs: z.number().min(0),
});
export type Boundary = z.infer<typeof Boundary>;

export const MAX_BOUNDARIES_PER_MESSAGE = 10_000;
export const Boundaries = z.array(Boundary).max(MAX_BOUNDARIES_PER_MESSAGE);
