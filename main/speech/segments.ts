import type { TextRange } from '../../protocol/model/text-range.ts';
import { sentencesOf } from './sentences.ts';

/** A piece of a text that is one host request: whole sentences, so that it can be spoken again without a seam. */
export interface Segment extends TextRange {
  /** Counts up from 0. */
  readonly index: number;
  /** At least one; they cover the segment without gaps or overlap. */
  readonly sentences: readonly TextRange[];
}

export interface SegmentLimits {
  /** Segments are filled up to this. */
  readonly maxChars: number;
  /** Whether the first segment is a single sentence, so that speech starts soon. */
  readonly startsShort: boolean;
}

/** For listening: a crash costs one segment, a new voice applies from the next, so they are short. */
export const LISTENING: SegmentLimits = { maxChars: 300, startsShort: true };
/** For files, for whose beginning nobody waits: fewer, longer requests. */
export const EXPORTING: SegmentLimits = { maxChars: 2_000, startsShort: false };

const ENDS_WITH_PUNCTUATION = /[\p{Po}\p{Pe}\p{Pf}"']\s*$/u;

/**
 * The segments of `text.slice(startIndex, endIndex)`, lazily and in order, without overlap; what lies between them is
 * white space. A segment ends
 * before `maxChars` are exceeded, and after a line that ends without punctuation (a heading, a list item): engines
 * read over a line break, but make a pause at the end of a request.
 */
export function* segmentsOf(
  text: string,
  range: { startIndex: number; endIndex: number },
  language: string,
  limits: SegmentLimits,
): Generator<Segment, void> {
  let index = 0;
  let sentences: TextRange[] = [];
  let charLength = 0;
  function* flush(): Generator<Segment, void> {
    const [first] = sentences;
    if (first && text.slice(first.charIndex, first.charIndex + charLength).trim() !== '')
      yield { index: index++, charIndex: first.charIndex, charLength, sentences };
    sentences = [];
    charLength = 0;
  }
  for (const sentence of sentencesOf(text, range.startIndex, range.endIndex, language)) {
    if (charLength + sentence.charLength > limits.maxChars) yield* flush();
    sentences.push(sentence);
    charLength += sentence.charLength;
    if ((index === 0 && limits.startsShort) || isOpenLine(text, sentence)) yield* flush();
  }
  yield* flush();
}

/** Ends in a line break, but not in punctuation. */
function isOpenLine(text: string, sentence: TextRange): boolean {
  const end = text.slice(
    Math.max(sentence.charIndex, sentence.charIndex + sentence.charLength - 200),
    sentence.charIndex + sentence.charLength,
  );
  return /\n\s*$/u.test(end) && !ENDS_WITH_PUNCTUATION.test(end);
}
