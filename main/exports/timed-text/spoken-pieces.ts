import type { Boundary } from '../../../protocol/model/boundary.ts';
import { splitToken } from './split-token.ts';
import type { SpokenPiece } from './spoken-piece.ts';

/** What lies between two words where a sentence ends, for engines that do not tell of sentences. */
const SENTENCE_END = /[.!?…][\p{Pe}\p{Pf}"']*\s|[。！？]|\n[^\S\n]*\n/u;

/** A word with what hangs on it, which grows until the next word or the end of its sentence is known. */
interface Token {
  readonly start: number;
  /** Where the word itself ends; `start` for what comes before the first word of a sentence. */
  readonly wordEnd: number;
  readonly atMs: number;
  readonly isFirst: boolean;
}

interface Speaking {
  token: Token | null;
  /** Null where the engine has told of words only. */
  sentenceEnd: number | null;
  /** Up to here the text has been given. */
  covered: number;
}

/**
 * The pieces of what is spoken, in order. Every letter from the start of a sentence to its end is in one of them; a
 * piece has the time of its word, one that had to be cut from a longer word a time in proportion. Looks no more than
 * a word ahead. `boundaries` come in order, on the clock of the file, with positions in `text`.
 */
export async function* spokenPieces(
  boundaries: AsyncIterable<Boundary>,
  text: string,
  durationMs: number,
  maxChars: number,
): AsyncGenerator<SpokenPiece, void> {
  const speaking: Speaking = { token: null, sentenceEnd: null, covered: 0 };

  function* next(token: Token | null, end: number, untilMs: number): Generator<SpokenPiece, void> {
    if (speaking.token) yield* piecesOf(text, speaking.token, end, { untilMs, maxChars });
    if (speaking.token) speaking.covered = Math.max(speaking.covered, end);
    speaking.token = token;
  }

  for await (const { kind, charIndex, charLength, atMs } of boundaries) {
    const { token, sentenceEnd, covered } = speaking;
    const end = charIndex + charLength;
    const isNew = end > covered && charIndex >= (token?.wordEnd ?? 0);
    if (kind === 'sentence' && isNew) {
      const lastEnd = Math.min(sentenceEnd ?? solidEnd(text, token), charIndex);
      const from = Math.max(lastEnd, covered);
      // Engines tell where the first word is, and a sentence begins with its quotation mark.
      const start = Math.max(charIndex - openingLength(blankBefore(text, from) + text.slice(from, charIndex)), from);
      yield* next({ start, wordEnd: start, atMs, isFirst: true }, lastEnd, atMs);
      speaking.sentenceEnd = end;
    } else if (kind === 'word' && isNew && charIndex >= covered) {
      const gap = token ? text.slice(token.wordEnd, charIndex) : '';
      const start = charIndex - openingLength(gap);
      const isInside = token !== null && (sentenceEnd === null ? !SENTENCE_END.test(gap) : charIndex < sentenceEnd);
      if (!isInside) {
        yield* next({ start, wordEnd: end, atMs, isFirst: true }, Math.min(sentenceEnd ?? start, start), atMs);
        speaking.sentenceEnd = null;
      } else if (token.wordEnd > token.start) {
        yield* next({ start, wordEnd: end, atMs, isFirst: false }, start, atMs);
      } else {
        // The first word takes along what its sentence begins with.
        speaking.token = { start: token.start, wordEnd: end, atMs, isFirst: token.isFirst };
      }
    }
  }
  yield* next(null, speaking.sentenceEnd ?? solidEnd(text, speaking.token), durationMs);
}

function* piecesOf(
  text: string,
  { start, wordEnd, atMs, isFirst }: Token,
  end: number,
  { untilMs, maxChars }: { untilMs: number; maxChars: number },
): Generator<SpokenPiece, void> {
  const token = text.slice(start, end);
  // A sentence without a word is a row of stars, unless the engine tells of no words at all.
  if (wordEnd === start && !/[\p{L}\p{N}]/u.test(token)) return;
  const perCharMs = token.length === 0 ? 0 : Math.max(0, untilMs - atMs) / token.length;
  const isApart = start === 0 || /[\s\p{Cc}]/u.test(text.charAt(start - 1));
  for (const [index, part] of splitToken(token, maxChars).entries()) {
    yield {
      text: part.text,
      atMs: index === 0 ? atMs : atMs + part.offset * perCharMs,
      isApart: part.isApart || (index === 0 && isApart),
      startsSentence: isFirst && index === 0,
    };
  }
}

/** A straight mark opens when it stands after a blank, which may be before the part that is looked at. */
const blankBefore = (text: string, index: number): string => (/\s/u.test(text[index - 1] ?? ' ') ? ' ' : '');

/** How much of what lies between two words belongs to the second: `“` does, `,` and `—` with a blank after it do not. */
function openingLength(gap: string): number {
  const afterBlank = /\s([^\s]*)$/u.exec(gap)?.[1];
  return (afterBlank ?? /[\p{Ps}\p{Pi}¿¡]*$/u.exec(gap)?.[0] ?? '').length;
}

/** The end of the word and of the punctuation that hangs on it. */
function solidEnd(text: string, token: Token | null): number {
  if (!token) return 0;
  const rest = text.slice(token.wordEnd, token.wordEnd + 100);
  return token.wordEnd + (/^\S*/u.exec(rest)?.[0].length ?? 0);
}
