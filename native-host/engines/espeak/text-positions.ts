import type { BrokenText } from './break-long-words.ts';

const isLead = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isTrail = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/**
 * Turns positions counted in characters (code points) of the well-formed text that the library got into UTF-16 indices
 * of the text before it was broken. It walks from the last position asked for, so that a text costs its length once
 * when positions come more or less in order.
 */
export class TextPositions {
  readonly #text: string;
  readonly #breaks: readonly number[];
  #codePoint = 0;
  #utf16 = 0;
  /** How many of the breaks are before `#utf16`. */
  #passed = 0;

  constructor({ text, breaks }: BrokenText) {
    this.#text = text;
    this.#breaks = breaks;
  }

  /** Of the code point with index `codePointIndex`, from 0. Clamped to the text; never inside a surrogate pair. */
  toUtf16(codePointIndex: number): number {
    const { length } = this.#text;
    while (this.#codePoint < codePointIndex && this.#utf16 < length) {
      this.#utf16 += isLead(this.#text.charCodeAt(this.#utf16)) ? 2 : 1;
      this.#codePoint += 1;
      if (this.#utf16 > this.#indexOf(this.#passed)) this.#passed += 1;
    }
    while (this.#codePoint > codePointIndex && this.#utf16 > 0) {
      this.#utf16 -= isTrail(this.#text.charCodeAt(this.#utf16 - 1)) ? 2 : 1;
      this.#codePoint -= 1;
      if (this.#passed > 0 && this.#utf16 <= this.#indexOf(this.#passed - 1)) this.#passed -= 1;
    }
    return this.#utf16 - this.#passed;
  }

  /** Where a break is in the broken text. */
  #indexOf(breakIndex: number): number {
    return (this.#breaks[breakIndex] ?? Number.POSITIVE_INFINITY) + breakIndex;
  }
}
