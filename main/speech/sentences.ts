import type { TextRange } from '../../protocol/model/text-range.ts';
import { cutLongSentence, endsInAbbreviation, isSoftBreak } from './sentence-breaks.ts';

/** The longest piece that is called a sentence; what is longer is cut at a clause (a book on one line is real). */
export const MAX_SENTENCE_CHARS = 600;

/** How much text is looked at in one go, so that a 20 MB text costs main a millisecond at a time. */
const WINDOW_CHARS = 4_000;

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (!segmenter) {
    segmenter = segmenterOfLocale(language) ?? new Intl.Segmenter('und', { granularity: 'sentence' });
    segmenters.set(language, segmenter);
  }
  return segmenter;
}

/** What the first segmenter of a process takes, some 12 ms, at a time when there is nothing else to do. */
export function loadSegmenter(language: string): void {
  segmenterFor(language);
}

/**
 * null for a language of an engine that Intl knows nothing of, where it would take the system's, and for a tag that it
 * does not accept. Asking it first (supportedLocalesOf) takes longer than making one, 10 ms before the first sentence.
 */
function segmenterOfLocale(language: string): Intl.Segmenter | null {
  try {
    const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
    const taken = new Intl.Locale(segmenter.resolvedOptions().locale);
    return taken.language === new Intl.Locale(language).language ? segmenter : null;
  } catch {
    return null; // RangeError: not a BCP-47 tag
  }
}

/**
 * The sentences of `text.slice(startIndex, endIndex)`, lazily and in order. They cover the range without gaps or
 * overlap; white space belongs to the sentence before it (leading white space to the first). None is empty, none is
 * longer than `MAX_SENTENCE_CHARS`. `language` is BCP-47. Positions are UTF-16 units of `text`.
 */
export function* sentencesOf(
  text: string,
  startIndex: number,
  endIndex: number,
  language: string,
): Generator<TextRange, void> {
  let position = startIndex;
  while (position < endIndex) {
    const window = paragraphFrom(text, position, endIndex);
    const isWhole = position + window.length >= endIndex || window.endsWith('\n');
    const pieces = piecesOf(window, language);
    // A window that was cut off ends in half a sentence: leave that for the next window, unless it is all there is.
    if (!isWhole && pieces.length > 1) pieces.pop();
    for (const piece of pieces) {
      yield { charIndex: position, charLength: piece };
      position += piece;
    }
  }
}

/** The sentence that contains `charIndex`, found by reading from the start of its paragraph. */
export function sentenceAt(text: string, charIndex: number, language: string): TextRange {
  const start = paragraphStart(text, Math.min(charIndex, Math.max(0, text.length - 1)));
  let last: TextRange = { charIndex: start, charLength: 0 };
  for (const sentence of sentencesOf(text, start, text.length, language)) {
    last = sentence;
    if (sentence.charIndex + sentence.charLength > charIndex) break;
  }
  return last;
}

/** Text from `position` to the end of its paragraph with its blank lines, `WINDOW_CHARS` at most. */
function paragraphFrom(text: string, position: number, endIndex: number): string {
  const window = text.slice(position, Math.min(endIndex, position + WINDOW_CHARS));
  let lineStart = leadingBlank(window);
  for (;;) {
    const lineEnd = window.indexOf('\n', lineStart);
    if (lineEnd < 0) return window;
    const nextEnd = window.indexOf('\n', lineEnd + 1);
    const next = window.slice(lineEnd + 1, nextEnd < 0 ? undefined : nextEnd);
    if (!isSoftBreak(window.slice(lineStart, lineEnd), next)) {
      return window.slice(0, lineEnd + 1 + leadingBlank(window.slice(lineEnd + 1)));
    }
    lineStart = lineEnd + 1;
  }
}

/** Length of the blank lines that `text` starts with. */
function leadingBlank(text: string): number {
  return /^(?:[^\S\n]*\n)*/u.exec(text)?.[0].length ?? 0;
}

/** The last blank line before `charIndex`, or as far back as one window reaches. */
function paragraphStart(text: string, charIndex: number): number {
  const earliest = Math.max(0, charIndex - WINDOW_CHARS);
  const before = text.slice(earliest, charIndex);
  const blank = before.lastIndexOf('\n\n');
  if (blank >= 0) return earliest + blank + 2;
  if (earliest === 0) return 0;
  const lineBreak = before.indexOf('\n');
  return lineBreak < 0 ? earliest : earliest + lineBreak + 1;
}

/** Lengths of the sentences of one window. */
function piecesOf(window: string, language: string): number[] {
  // A line break with text after it in this window is soft, or the window would have ended there.
  const textEnd = window.trimEnd().length;
  const unwrapped = window.replaceAll(/[\r\n]/gu, (end, index: number) => (index < textEnd ? ' ' : end));
  const lengths: number[] = [];
  let pending = '';
  for (const { segment } of segmenterFor(language).segment(unwrapped)) {
    pending += segment;
    if (pending.trim() === '' && lengths.length > 0) {
      lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + pending.length;
    } else if (pending.trim() === '' || endsInAbbreviation(pending)) {
      continue;
    } else {
      lengths.push(pending.length);
    }
    pending = '';
  }
  if (pending !== '') lengths.push(pending.length);
  return cutLong(window, lengths);
}

function cutLong(window: string, lengths: readonly number[]): number[] {
  const cut: number[] = [];
  let start = 0;
  for (const length of lengths) {
    let left = length;
    while (left > MAX_SENTENCE_CHARS) {
      const piece = cutLongSentence(window.slice(start, start + left), MAX_SENTENCE_CHARS);
      cut.push(piece);
      start += piece;
      left -= piece;
    }
    cut.push(left);
    start += left;
  }
  return cut;
}
