import { sentencesOf } from '../../main/speech/sentences.ts';
import type { Boundary } from '../../protocol/model/boundary.ts';

const words = new Intl.Segmenter('und', { granularity: 'word' });

/** What an engine tells of a text that it speaks with `msPerChar`; a sentence is followed by a pause of `pauseMs`. */
export function boundariesOf(
  text: string,
  { msPerChar = 60, pauseMs = 0 } = {},
): { boundaries: Boundary[]; durationMs: number } {
  const boundaries: Boundary[] = [];
  let pausedMs = 0;
  for (const { charIndex, charLength } of sentencesOf(text, 0, text.length, 'und')) {
    const atMs = charIndex * msPerChar + pausedMs;
    boundaries.push({ kind: 'sentence', charIndex, charLength, atMs });
    for (const { segment, index, isWordLike } of words.segment(text.slice(charIndex, charIndex + charLength))) {
      const place = { charIndex: charIndex + index, charLength: segment.length, atMs: atMs + index * msPerChar };
      if (isWordLike) boundaries.push({ kind: 'word', ...place });
    }
    pausedMs += pauseMs;
  }
  return { boundaries, durationMs: text.length * msPerChar + pausedMs };
}

/** Items one after another, as they come from another process. */
export async function* inTurn<T>(items: Iterable<T>): AsyncGenerator<T, void> {
  yield* items;
}

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
