import type { Boundary } from '../../../protocol/model/boundary.ts';
import { TextLocator } from '../text-locator.ts';
import type { EspeakEvent } from './bindings.ts';
import type { BrokenText } from './break-long-words.ts';
import { TextPositions } from './text-positions.ts';

/**
 * Finds the words and sentences of one text that the library's events are about. Events are rough: a word like `don't`
 * or one of more than 31 characters comes with a part of its length, `“Quoted”` with none; a number comes once for each
 * word it is read as, from the second on a character too far to the right; there are events without a word, at 0 or
 * further back.
 */
export class BoundaryLocator {
  readonly #locator: TextLocator;
  readonly #positions: TextPositions;
  #atMs = 0;

  /** `text` is well-formed, `spoken` is what the library got of it. */
  constructor(text: string, spoken: BrokenText) {
    this.#locator = new TextLocator(text);
    this.#positions = new TextPositions(spoken);
  }

  /** Events are to come in the library's order. `atMs` never decreases. */
  locate({ kind, position, length, audioMs }: EspeakEvent): Boundary | undefined {
    if (position < 1) return undefined;
    const start = this.#positions.toUtf16(position - 1);
    const end = this.#positions.toUtf16(position - 1 + length);
    const range = kind === 'word' ? this.#locator.word(start, end) : this.#locator.sentence(start);
    if (!range) return undefined;
    this.#atMs = Math.max(this.#atMs, audioMs);
    return { kind, charIndex: range.start, charLength: range.end - range.start, atMs: this.#atMs };
  }
}
