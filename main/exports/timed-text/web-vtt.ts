import { clock } from './clock.ts';
import type { Cue } from './cue.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** WebVTT, for `<track>` in browsers: https://www.w3.org/TR/webvtt1/ */
export async function* writeWebVtt(cues: AsyncIterable<Cue>): AsyncGenerator<string, void> {
  yield 'WEBVTT\n\n';
  for await (const { startMs, endMs, lines } of cues) {
    // `>` as well: an arrow would be taken for the times of a cue.
    const payload = lines.join('\n').replaceAll(/[&<>]/g, (character) => ESCAPES[character] ?? character);
    yield `${clock(startMs, '.')} --> ${clock(endMs, '.')}\n${payload}\n\n`;
  }
}
