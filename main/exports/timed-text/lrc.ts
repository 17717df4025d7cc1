import { lyricsClock } from './clock.ts';
import type { Cue, TimedTextHead } from './cue.ts';

/** LRC, for players of music: one line a cue, and no ends. */
export async function* writeLrc(
  cues: AsyncIterable<Cue>,
  { title, author, durationMs }: TimedTextHead,
): AsyncGenerator<string, void> {
  yield `${tag('ti', title)}${tag('ar', author)}${tag('length', lyricsClock(durationMs))}`;
  for await (const { startMs, text } of cues) {
    // A second bracket right after the first would be taken for another time of the same line.
    yield `[${lyricsClock(startMs)}]${text.startsWith('[') ? ' ' : ''}${text}\n`;
  }
}

function tag(name: string, value: string): string {
  const line = value.replaceAll(/[\s\p{Cc}[\]]+/gu, ' ').trim();
  return line === '' ? '' : `[${name}:${line}]\n`;
}
