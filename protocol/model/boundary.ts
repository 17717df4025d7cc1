import { z } from '../schema.ts';
import { CharCount } from './text-range.ts';

const Place = { charIndex: CharCount, charLength: CharCount, atMs: z.number().check(z.minimum(0)) };

/**
 * The moment at which the voice reaches something. `charIndex` and `charLength` are UTF-16 units of the text that the
 * message is about; `atMs` is milliseconds of audio since that text's first sample. Boundaries come in the order of
 * `atMs`. A sentence comes before its first word.
 */
export const Boundary = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['word', 'sentence']), ...Place }),
  /** A point that the author of the markup has named; its place is that of the tag. */
  z.strictObject({ kind: z.literal('mark'), name: z.string().check(z.maxLength(1_000)), ...Place }),
  /**
   * The mouth takes a shape, for `durationMs`. Shapes are SAPI's 22, 0 is a closed mouth at rest:
   * https://learn.microsoft.com/previous-versions/windows/desktop/ms720881(v=vs.85). Its place is that of the word.
   */
  z.strictObject({
    kind: z.literal('viseme'),
    viseme: z.int().check(z.minimum(0), z.maximum(21)),
    durationMs: z.number().check(z.minimum(0)),
    ...Place,
  }),
]);
export type Boundary = z.infer<typeof Boundary>;

export const MAX_BOUNDARIES_PER_MESSAGE = 10_000;
export const Boundaries = z.array(Boundary).check(z.maxLength(MAX_BOUNDARIES_PER_MESSAGE));
