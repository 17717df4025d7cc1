import { stripVTControlCharacters } from 'node:util';

export const MAX_TAIL_LINES = 20;
export const MAX_LINE_CHARS = 500;

/** What a stream of text said, as lines. Takes any bytes at any rate in bounded memory. */
export interface LineReader {
  write(chunk: Uint8Array): void;
  /** Ends the last line if it has no line break. */
  end(): void;
}

/**
 * Cuts bytes into lines at CR, LF or both. What is not UTF-8 becomes U+FFFD, blank lines are dropped, terminal colours
 * are taken out, and of a line longer than `MAX_LINE_CHARS` the rest is dropped and replaced by an ellipsis.
 */
export function createLineReader(onLine: (line: string) => void): LineReader {
  const decoder = new TextDecoder();
  let line = '';
  let isClipped = false;

  const append = (text: string): void => {
    const room = MAX_LINE_CHARS - line.length;
    if (text.length > room) isClipped = true;
    line += text.slice(0, room);
  };
  const finish = (): void => {
    const shown = stripVTControlCharacters(line).trimEnd();
    if (shown !== '') onLine(isClipped ? `${shown}…` : shown);
    line = '';
    isClipped = false;
  };
  const take = (text: string): void => {
    let from = 0;
    for (const { index } of text.matchAll(/[\r\n]/g)) {
      append(text.slice(from, index));
      finish();
      from = index + 1;
    }
    append(text.slice(from));
  };
  return {
    write: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end: () => {
      take(decoder.decode());
      finish();
    },
  };
}

/** The last `MAX_TAIL_LINES` of all lines pushed. */
export interface LineTail {
  push(line: string): void;
  /** Oldest first. */
  lines(): string[];
}

export function createLineTail(): LineTail {
  const kept: string[] = [];
  return {
    push: (line) => {
      kept.push(line);
      if (kept.length > MAX_TAIL_LINES) kept.shift();
    },
    lines: () => [...kept],
  };
}
