import { readFileSync } from 'node:fs';

/** Beside the programs in dist, and beside the sources in tests, the working directory is the root of the checkout. */
const PROSE_PATH = 'test/fixtures/texts/prose.txt';

/** Real prose, some 33 000 characters (test/fixtures/texts/README.md). */
export function readProse(): string {
  return readFileSync(PROSE_PATH, 'utf8');
}

/** The prose repeated up to `chars` UTF-16 units: the same chapters again and again, the last time cut off. */
export function proseOf(chars: number): string {
  const prose = `${readProse().trimEnd()}\n\n`;
  return prose.repeat(Math.ceil(chars / prose.length)).slice(0, chars);
}
