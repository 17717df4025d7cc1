const isLead = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isTrail = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/**
 * Turns positions counted in characters (code points) into UTF-16 indices of a well-formed text. It walks from the last
 * position asked for, so that a text costs its length once when positions come more or less in order.
 */
export class TextPositions {
  readonly #text: string;
  readonly #isDirect: boolean;
  #codePoint = 0;
  #utf16 = 0;

  constructor(text: string) {
    this.#text = text;
    this.#isDirect = !/[\ud800-\udbff]/.test(text);
  }

  /** Of the code point with index `codePointIndex`, from 0. Clamped to the text; never inside a surrogate pair. */
  toUtf16(codePointIndex: number): number {
    const { length } = this.#text;
    if (this.#isDirect) return Math.min(Math.max(codePointIndex, 0), length);
    while (this.#codePoint < codePointIndex && this.#utf16 < length) {
      this.#utf16 += isLead(this.#text.charCodeAt(this.#utf16)) ? 2 : 1;
      this.#codePoint += 1;
    }
    while (this.#codePoint > codePointIndex && this.#utf16 > 0) {
      this.#utf16 -= isTrail(this.#text.charCodeAt(this.#utf16 - 1)) ? 2 : 1;
      this.#codePoint -= 1;
    }
    return this.#utf16;
  }
}
