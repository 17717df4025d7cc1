import type { LoggedBoundary } from './boundary-log.ts';

/**
 * Boundaries as a JSON array, one object a line, as they come: `{kind, charIndex, charLength, text, atMs, segment}`;
 * positions in the exported text, `atMs` since the start of the file.
 */
export async function* timingsJson(boundaries: AsyncIterable<LoggedBoundary>, text: string): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const { segment, boundary } of boundaries) {
    const { kind, charIndex, charLength, atMs } = boundary;
    const row = { kind, charIndex, charLength, text: text.slice(charIndex, charIndex + charLength), atMs, segment };
    yield `${separator}${JSON.stringify(row)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[\n]\n' : '\n]\n';
}
