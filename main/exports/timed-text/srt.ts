import { clock } from './clock.ts';
import type { Cue } from './cue.ts';

/**
 * SubRip, for nearly every player of films. It has no standard and no escapes: tags in a text stay, an arrow that
 * would end a cue becomes one that cannot.
 */
export async function* writeSrt(cues: AsyncIterable<Cue>): AsyncGenerator<string, void> {
  let number = 0;
  for await (const { startMs, endMs, lines } of cues) {
    number += 1;
    const times = `${clock(startMs, ',')} --> ${clock(endMs, ',')}`;
    yield `${number}\n${times}\n${lines.join('\n').replaceAll('-->', '→')}\n\n`;
  }
}
