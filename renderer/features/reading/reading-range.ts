/** What Play reads: from where, in which part of the text. */
export interface ReadingRange {
  /** Skips stay within `text.slice(startIndex, endIndex)`. */
  readonly startIndex: number;
  readonly endIndex: number;
  readonly fromIndex: number;
  readonly isSelection: boolean;
}

/** No word is longer; a text without spaces must not be searched to its beginning. */
const MAX_WORD_CHARS = 100;

/**
 * The selection when there is one; otherwise from the word at the cursor to the end, or from the beginning when nothing
 * follows the cursor (it is at the end after pasting). null when there is nothing to read.
 */
export function readingRange(
  text: string,
  selection: { from: number; to: number } | null,
  cursor: number,
): ReadingRange | null {
  if (selection && text.slice(selection.from, selection.to).trim() !== '') {
    const { from, to } = selection;
    return { startIndex: from, endIndex: to, fromIndex: from, isSelection: true };
  }
  const start = wordStart(text, cursor);
  const whole = { startIndex: 0, endIndex: text.length, isSelection: false };
  if (hasText(text, start)) return { ...whole, fromIndex: start };
  return hasText(text, 0) ? { ...whole, fromIndex: 0 } : null;
}

/** Where the word begins that `charIndex` is in or at the end of. */
export function wordStart(text: string, charIndex: number): number {
  const before = text.slice(Math.max(0, charIndex - MAX_WORD_CHARS), charIndex);
  const isInWord = /^[\p{L}\p{M}\p{N}]/u.test(text.slice(charIndex, charIndex + 2));
  if (!isInWord) return charIndex;
  return charIndex - (/[\p{L}\p{M}\p{N}'’-]+$/u.exec(before)?.[0].length ?? 0);
}

/** Whether anything but white space comes from `start` on; looks no further than it must. */
function hasText(text: string, start: number): boolean {
  const pattern = /\S/gu;
  pattern.lastIndex = start;
  return pattern.test(text);
}
