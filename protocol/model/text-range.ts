import { z } from '../schema.ts';

/** The longest text that Aside takes, in UTF-16 units: some twenty novels. */
export const MAX_TEXT_CHARS = 20_000_000;

/** The longest text of one host request, in UTF-16 units. */
export const MAX_UTTERANCE_CHARS = 2_000_000;

/** UTF-16 index or length. */
export const CharCount = z.int().check(z.minimum(0), z.maximum(MAX_TEXT_CHARS));

/** A piece of a text: `text.slice(charIndex, charIndex + charLength)`. */
export const TextRange = z.strictObject({ charIndex: CharCount, charLength: CharCount });
export type TextRange = z.infer<typeof TextRange>;
