import type { Cue } from './cue.ts';

/** A JSON array with one cue a line, `{startMs, endMs, text}`, for programs; times are whole milliseconds. */
export async function* writeCuesJson(cues: AsyncIterable<Cue>): AsyncGenerator<string, void> {
  let before = '[\n';
  for await (const { startMs, endMs, text } of cues) {
    yield `${before}${JSON.stringify({ startMs, endMs, text })}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
