const BLANK = /[\s\p{Cc}]+/gu;
const SOLID = /[^\s\p{Cc}]+/gu;

/** Scripts that put no blanks between words. */
const UNSPACED =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/u;

let wordSegmenter: Intl.Segmenter | undefined;

export interface TokenPart {
  readonly text: string;
  /** Where it starts in the token, in UTF-16 units. */
  readonly offset: number;
  readonly isApart: boolean;
}

/**
 * A token of speech in parts of which none is longer than `maxChars`, where it has places to be cut: white space, and
 * between words of a script that has none. Mostly that is one part; engines that tell only of sentences, and those
 * that tell of a phrase as one word, need more. Empty when there is nothing to see.
 */
export function splitToken(token: string, maxChars: number): TokenPart[] {
  const whole = token.replaceAll(BLANK, ' ').trim();
  if (whole === '') return [];
  const start = token.search(SOLID);
  if (whole.length <= maxChars) return [{ text: whole, offset: start, isApart: start > 0 }];
  return [...token.matchAll(SOLID)].flatMap(({ 0: text, index }) => {
    const isApart = index > 0;
    if (text.length <= maxChars || !UNSPACED.test(text)) return [{ text, offset: index, isApart }];
    return wordsOf(text).map((word) => ({
      text: word.text,
      offset: index + word.offset,
      isApart: isApart && word.offset === 0,
    }));
  });
}

/** Words with the punctuation after them; an opening bracket goes with what it opens. */
function wordsOf(text: string): { text: string; offset: number }[] {
  const found: { text: string; offset: number }[] = [];
  let opening = '';
  wordSegmenter ??= new Intl.Segmenter('und', { granularity: 'word' }); // 10 ms, where few texts need it
  for (const { segment, index, isWordLike } of wordSegmenter.segment(text)) {
    const last = found.at(-1);
    if (!isWordLike && /^[\p{Ps}\p{Pi}]$/u.test(segment)) opening += segment;
    else if (!isWordLike && last && opening === '') last.text += segment;
    else {
      found.push({ text: opening + segment, offset: index - opening.length });
      opening = '';
    }
  }
  if (opening !== '') found.push({ text: opening, offset: text.length - opening.length });
  return found;
}
