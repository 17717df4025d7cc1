/**
 * Words after which a full stop does not end a sentence, in lower case, without the stop. ICU's own lists are not in
 * Node's build (`ss` extension, tried with `en-u-ss-standard`), and a voice that stops after "Dr." sounds broken.
 * Only words that are nearly always followed by more of the same sentence.
 */
const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof st rev hon gen col capt lt sgt sen rep gov mt ft vs fig figs no nos vol vols pp ed eds cf approx ' +
    'e.g i.e viz ca jr sr messrs mme mlle mm hr fr frl nr bzw z.b d.h u.a vgl ggf evtl geb sog sra srta dña ud uds p.ej'
  ).split(' '),
);

const LAST_WORD = /([\p{L}\p{M}.]+)\.["'’”»)\]]*\s*$/u;
const SINGLE_INITIAL = /^\p{Lu}$/u;

/** Whether a piece that the segmenter took for a sentence ends in an abbreviation or an initial, so that more follows. */
export function endsInAbbreviation(piece: string): boolean {
  const word = LAST_WORD.exec(piece.slice(-24))?.[1];
  if (word === undefined) return false;
  return SINGLE_INITIAL.test(word) || ABBREVIATIONS.has(word.toLowerCase());
}

/** A line at least this long that is followed by another was probably wrapped by whoever wrote the file. */
const WRAPPED_LINE_CHARS = 50;
const STARTS_LIST_ITEM = /^\s*(?:[-*+•–]|\d{1,3}[.)])\s/u;

/**
 * Whether the line break between two lines only wraps the paragraph. Unicode ends a sentence at every line break; in a
 * hard-wrapped text (mail, Project Gutenberg) that would cut each sentence into lines.
 */
export function isSoftBreak(line: string, next: string): boolean {
  return line.trimEnd().length >= WRAPPED_LINE_CHARS && next.trim() !== '' && !STARTS_LIST_ITEM.test(next);
}

const CLAUSE_END = /[,;:—–،、，；：]["'’”»)\]]*\s+|[、，；：]/gu;

/**
 * Where to cut a sentence that is longer than `maxChars`: after the last clause in reach, else after the last white
 * space, else at `maxChars`, but never inside a surrogate pair. Returns a length from 1 to `maxChars`.
 */
export function cutLongSentence(sentence: string, maxChars: number): number {
  const reach = sentence.slice(0, maxChars);
  const earliest = maxChars / 2;
  let cut = 0;
  for (const match of reach.matchAll(CLAUSE_END)) cut = match.index + match[0].length;
  if (cut < earliest) cut = reach.search(/\s\S*$/u) + 1;
  if (cut < earliest) cut = maxChars;
  const splitsPair = isHighSurrogate(sentence.charCodeAt(cut - 1)) && isLowSurrogate(sentence.charCodeAt(cut));
  return splitsPair && cut > 1 ? cut - 1 : cut;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
